import { normalCdf, normalDensity } from '@rxlob/evaluation'

/**
 * Standard normal quantile, to about 1e-15: Acklam's rational approximation, then two steps of Newton's method on the distribution.
 *
 * NaN outside 0 to 1; -Infinity at 0, Infinity at 1.
 *
 * @see Acklam (2003), An algorithm for computing the inverse normal cumulative distribution function
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) return NaN
  if (p === 0) return -Infinity
  if (p === 1) return Infinity
  // The lower tail keeps relative precision.
  if (p > 0.5) return -normalQuantile(1 - p)
  let z = start(p)
  for (let step = 0; step < 2; step++) z -= (normalCdf(z) - p) / normalDensity(z)
  return z
}

const a = [-3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1, 2.506628277459239]
const b = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1, 1]
const c = [-7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783]
const d = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416, 1]

function start(p: number): number {
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p))
    return polynomial(c, q) / polynomial(d, q)
  }
  const q = p - 0.5
  return (polynomial(a, q * q) * q) / polynomial(b, q * q)
}

const polynomial = (coefficients: readonly number[], x: number): number => coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)
