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
  const rest = (t * t) / (degrees + t * t)
  if (rest === 0) return 1
  const front = Math.exp(logGammaStep(a) - 0.5 * Math.log(Math.PI) - a * Math.log1p((t * t) / degrees) + b * Math.log(rest))
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

/** ln Gamma(a + 1/2) - ln Gamma(a). For large a the two nearly cancel, so their difference has a series of its own. */
function logGammaStep(a: number): number {
  if (a < 100) return logGamma(a + 0.5) - logGamma(a)
  return 0.5 * Math.log(a) - 1 / (8 * a) + 1 / (192 * a ** 3) - 1 / (640 * a ** 5)
}

/** Lanczos, g = 7, nine terms: about 1e-15 relative. */
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

function logGamma(x: number): number {
  const shifted = x - 1
  const t = shifted + 7.5
  const sum = lanczos.reduce((total, coefficient, k) => (k === 0 ? coefficient : total + coefficient / (shifted + k)), 0)
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(sum)
}
