import { absorbSite, projection } from './gaussian-site.js'
import type { GaussianWeights } from './laplace-logistic.js'

/** A row of two classes. */
export interface BinaryRow {
  readonly x: ArrayLike<number>
  readonly up: boolean
  /** Rows that it counts for, 0 or more. */
  readonly weight: number
}

const mostIterations = 200

/**
 * Takes a mini-batch of two-class rows into a Gaussian over logistic weights by variational Bayes, in place.
 *
 *   lambda(e) = tanh(e / 2) / (4 e)
 *   V^-1 += sum 2 lambda(e_i) x_i x_i',  V^-1 m += sum (y_i - 1/2) x_i,  e_i^2 = x_i'(V + m m')x_i, until the e_i stand still
 *
 * The prior of one batch is the posterior of the one before: streaming. Rows of one batch may come in any order. The iteration runs in
 * the space of the batch's projections. Cost: O(rows columns^2), and O(rows^3) an iteration.
 *
 * @see Jaakkola and Jordan (2000), Bayesian parameter estimation via variational methods, Statistics and Computing 10, 25-37
 */
export function variationalUpdate(weights: GaussianWeights, rows: readonly BinaryRow[]): void {
  const { mean, covariance } = weights
  const count = rows.length
  const spread = new Float64Array(mean.length)
  // Prior moments of the projections w'x_i.
  const location = new Float64Array(count)
  const covariances = new Float64Array(count * count)
  rows.forEach(({ x }, i) => {
    location[i] = projection({ mean, covariance }, x, spread).location
    rows.forEach((other, j) => {
      for (let k = 0; k < spread.length; k++) covariances[i * count + j]! += spread[k]! * other.x[k]!
    })
  })
  const bounds = Float64Array.from(location, (value, i) => Math.sqrt(Math.max(0, covariances[i * (count + 1)]!) + value * value))
  const projected = { mean: new Float64Array(count), covariance: new Float64Array(count * count) }
  const unit = new Float64Array(count)
  const scratch = new Float64Array(count)
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    projected.mean.set(location)
    projected.covariance.set(covariances)
    rows.forEach(({ up, weight }, i) => {
      unit[i] = 1
      absorbSite(projected, unit, 2 * weight * boundOf(bounds[i]!), weight * (up ? 0.5 : -0.5), scratch)
      unit[i] = 0
    })
    let moved = 0
    for (let i = 0; i < count; i++) {
      const next = Math.sqrt(Math.max(0, projected.covariance[i * (count + 1)]!) + projected.mean[i]! ** 2)
      moved = Math.max(moved, Math.abs(next - bounds[i]!) / (1 + next))
      bounds[i] = next
    }
    if (moved < 1e-12) break
  }
  rows.forEach(({ x, up, weight }, i) => absorbSite(weights, x, 2 * weight * boundOf(bounds[i]!), weight * (up ? 0.5 : -0.5), spread))
}

/** lambda(e), 1/8 at 0. */
const boundOf = (e: number): number => (e < 1e-6 ? 1 / 8 : Math.tanh(e / 2) / (4 * e))
