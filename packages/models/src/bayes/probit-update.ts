import { inverseMills, normalCdf } from '@rxlob/evaluation'
import { absorbSite, projection } from './gaussian-site.js'

/** A Gaussian over the weights of a two-class probit model. */
export interface ProbitWeights {
  readonly mean: Float64Array
  /** Row-major, square. */
  readonly covariance: Float64Array
}

/**
 * One row of two-class probit regression by assumed-density filtering: the posterior's exact mean and covariance, in place.
 *
 *   s = sqrt(1 + x'Vx),  z = t x'm / s,  r = phi(z) / Phi(z)
 *   m += t r V x / s,  V -= r (r + z) / s^2 (Vx)(Vx)'
 *
 * Prior and posterior are Gaussian; rows in another order give another posterior. Cost: O(columns^2).
 *
 * @param up Whether the row was of the second class (t = +1) or not (t = -1).
 * @param weight Rows that it counts for, 0 or more: the row's Gaussian factor to that power. Default 1.
 * @see Minka (2001), A family of algorithms for approximate Bayesian inference, section 3.3; Opper (1998)
 */
export function probitUpdate(weights: ProbitWeights, x: ArrayLike<number>, up: boolean, weight = 1): void {
  const { mean, covariance } = weights
  const size = mean.length
  const spread = new Float64Array(size)
  const { location, variance } = projection(weights, x, spread)
  const s = Math.sqrt(1 + variance)
  const t = up ? 1 : -1
  const z = (t * location) / s
  const r = inverseMills(z)
  // The projection's move, as the precision and shift of a Gaussian factor, which a weight multiplies.
  const shrink = (r * (r + z)) / (s * s)
  const precision = (weight * shrink) / (1 - shrink * variance)
  const shift = weight * ((t * r) / s) / (1 - shrink * variance) + precision * location
  absorbSite({ mean, covariance }, x, precision, shift, spread)
}

/**
 * Probability of the second class, averaged exactly over the weights.
 *
 *   Phi(x'm / sqrt(1 + x'Vx))
 */
export function probitProbability(weights: ProbitWeights, x: ArrayLike<number>): number {
  const { location, variance } = projection(weights, x, new Float64Array(weights.mean.length))
  return normalCdf(location / Math.sqrt(1 + variance))
}
