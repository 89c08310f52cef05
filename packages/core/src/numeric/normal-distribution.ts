/**
 * Standard normal density.
 *
 *   exp(-z^2 / 2) / sqrt(2 pi)
 */
export const normalDensity = (z: number): number => Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI)

/**
 * Standard normal distribution function, exact to about 1e-15, relative in the lower tail.
 *
 * Marsaglia's series near the middle, the continued fraction of Mills' ratio in the tails.
 *
 * @see Marsaglia (2004), Evaluating the normal distribution, J. Stat. Software 11(4)
 */
export function normalCdf(z: number): number {
  if (z < -tailStart) return normalDensity(z) * millsRatio(-z)
  if (z > tailStart) return 1 - normalDensity(z) * millsRatio(z)
  let term = z
  let sum = z
  for (let k = 3, last = NaN; sum !== last && k < 400; k += 2) {
    last = sum
    term *= (z * z) / k
    sum += term
  }
  return 0.5 + sum * normalDensity(z)
}

/**
 * Density over distribution function, phi(z) / Phi(z): the mean shift of a truncated normal.
 * Stays accurate where both underflow (it tends to -z).
 */
export const inverseMills = (z: number): number => (z < -tailStart ? 1 / millsRatio(-z) : normalDensity(z) / normalCdf(z))

const tailStart = 2.5

/** (1 - Phi(z)) / phi(z) for z above `tailStart`, by the continued fraction 1/(z + 1/(z + 2/(z + 3/(z + ...)))). */
function millsRatio(z: number): number {
  let tail = z
  for (let k = 80; k > 0; k--) tail = z + k / tail
  return 1 / tail
}
