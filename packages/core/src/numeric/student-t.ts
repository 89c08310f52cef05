import { logGammaStep } from './log-gamma-step.js'

/**
 * Two-sided p-value of a Student t statistic: P(|T| >= |t|).
 *
 *   I_x(df / 2, 1 / 2) with x = df / (df + t^2), the regularised incomplete beta function
 *
 * NaN where `t` is NaN or `degrees` is not above 0. Accurate to about 1e-12.
 *
 * @see Lentz (1976) for the continued fraction; Abramowitz and Stegun 26.5.8, 26.7.1
 */
export function studentTwoSided(t: number, degrees: number): number {
  if (!(degrees > 0) || Number.isNaN(t)) return NaN
  if (!Number.isFinite(t)) return 0
  const a = degrees / 2
  const b = 0.5
  // x and 1 - x apart: for small t the subtraction would leave no digits.
  const x = degrees / (degrees + t * t)
  const odds = (t * t) / degrees
  const rest = 1 / (1 + degrees / (t * t))
  // Far out t^2 is more than a double holds, its logarithm is not.
  const logOdds = odds < Infinity ? Math.log1p(odds) : 2 * Math.log(Math.abs(t)) - Math.log(degrees)
  const front = Math.exp(logGammaStep(a) - 0.5 * Math.log(Math.PI) - a * logOdds + b * Math.log(rest))
  // The fraction converges fast below the mean; above it the mirrored one does.
  if (x < (a + 1) / (a + b + 2)) return (front * betaFraction(x, a, b)) / a
  return 1 - (front * betaFraction(rest, b, a)) / b
}

/**
 * Student's t distribution function, P(T <= t), with any number of degrees above 0; as accurate as `studentTwoSided`.
 *
 *   half of P(|T| >= |t|) below 0, 1 less it above
 *
 * NaN where `t` is NaN or `degrees` is not above 0.
 */
export function studentCdf(t: number, degrees: number): number {
  const tail = studentTwoSided(t, degrees) / 2
  return t > 0 ? 1 - tail : tail
}

function betaFraction(x: number, a: number, b: number): number {
  const away = (value: number): number => (Math.abs(value) < 1e-300 ? 1e-300 : value)
  let c = 1
  let d = 1 / away(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / away(1 + even * d)
    c = away(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / away(1 + odd * d)
    c = away(1 + odd / c)
    fraction *= d * c
    if (Math.abs(d * c - 1) < 1e-16) break
  }
  return fraction
}

/**
 * Quantile of Student's t distribution: the t with P(T <= t) = `probability`.
 *
 * By bisection on `studentTwoSided`, to about 1e-12 relative. NaN where `probability` is not between 0 and 1 or `degrees` is not above 0.
 */
export function studentQuantile(probability: number, degrees: number): number {
  if (!(probability > 0 && probability < 1 && degrees > 0)) return NaN
  if (probability === 0.5) return 0
  const outside = 2 * Math.min(probability, 1 - probability)
  let high = 1
  while (studentTwoSided(high, degrees) > outside && high < 1e300) high *= 2
  let low = high === 1 ? 0 : high / 2
  for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) {
    if (studentTwoSided(middle, degrees) > outside) low = middle
    else high = middle
  }
  return probability < 0.5 ? -high : high
}
