import { inverseMills, normalCdf } from '@rxlob/evaluation'

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
 * @see Minka (2001), A family of algorithms for approximate Bayesian inference, section 3.3; Opper (1998)
 */
export function probitUpdate(weights: ProbitWeights, x: ArrayLike<number>, up: boolean): void {
  const { mean, covariance } = weights
  const size = mean.length
  const spread = new Float64Array(size)
  const { location, variance } = project(weights, x, spread)
  const s = Math.sqrt(1 + variance)
  const t = up ? 1 : -1
  const z = (t * location) / s
  const r = inverseMills(z)
  const shrink = (r * (r + z)) / (s * s)
  for (let row = 0; row < size; row++) {
    mean[row]! += (t * r * spread[row]!) / s
    for (let column = 0; column < size; column++) covariance[row * size + column]! -= shrink * (spread[row]! * spread[column]!)
  }
}

/**
 * Probability of the second class, averaged exactly over the weights.
 *
 *   Phi(x'm / sqrt(1 + x'Vx))
 */
export function probitProbability(weights: ProbitWeights, x: ArrayLike<number>): number {
  const { location, variance } = project(weights, x, new Float64Array(weights.mean.length))
  return normalCdf(location / Math.sqrt(1 + variance))
}

/** x'm and x'Vx; `spread` gets Vx. */
function project({ mean, covariance }: ProbitWeights, x: ArrayLike<number>, spread: Float64Array): { location: number; variance: number } {
  let location = 0
  let variance = 0
  for (let row = 0; row < mean.length; row++) {
    let sum = 0
    for (let column = 0; column < mean.length; column++) sum += covariance[row * mean.length + column]! * x[column]!
    spread[row] = sum
    variance += sum * x[row]!
    location += mean[row]! * x[row]!
  }
  return { location, variance }
}
