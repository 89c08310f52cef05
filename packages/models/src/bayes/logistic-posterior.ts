import { choleskyInverse } from '@rxlob/evaluation'
import type { GaussianWeights } from './laplace-logistic.js'
import { notPositiveDefinite, rowMoments } from './row-moments.js'

/** A Gaussian over the weights of a multinomial logistic model, updated one row at a time. */
export interface LogisticPosterior extends GaussianWeights {
  /** Mean and covariance of the log odds against class 0 at an input. The arrays are reused by the next call. */
  odds(x: Float64Array): { readonly mean: Float64Array; readonly covariance: Float64Array }
  /** Takes in that the input's class was `target`, `weight` times over. */
  absorb(x: Float64Array, target: number, weight: number): void
  /** Multiplies all evidence by `share`, 0 to 1; the prior stays whole. Cost: (classes * columns)^3. */
  forget(share: number): void
}

/**
 * The prior N(0, priorVariance) on every weight of every class, ready to take rows in.
 *
 * Only differences of weights matter, so those against class 0 are kept: their prior covariance is
 * priorVariance (I + 11') x I, which treats all classes alike.
 *
 * `absorb` is assumed-density filtering: the posterior after one row has, to quadrature precision, the mean and covariance of the
 * current Gaussian times that row's likelihood. The likelihood sees the weights through K - 1 log odds a = W x alone, so the moments
 * are found there (`rowMoments`) and carried over exactly:
 *
 *   m += (Vx) S^-1 (E[a | y] - mu),  V -= (Vx) S^-1 (S - Cov[a | y]) S^-1 (Vx)'
 *
 * (with `update` 'laplace': the mode and curvature of that posterior)
 * with mu and S = x'Vx the odds before the row. However large x, it never overshoots.
 * Cost: O((classes * columns)^2).
 */
export function logisticPosterior(columns: number, classes: number, priorVariance: number, update: 'moments' | 'laplace' = 'moments'): LogisticPosterior {
  const free = classes - 1
  const size = free * columns
  const mean = new Float64Array(size)
  const covariance = new Float64Array(size * size)
  for (let k = 0; k < free; k++) {
    for (let other = 0; other < free; other++) {
      for (let j = 0; j < columns; j++) covariance[(k * columns + j) * size + other * columns + j] = priorVariance * (k === other ? 2 : 1)
    }
  }
  /** V x, for each class's block of x: row-major [free, size]. */
  const spread = new Float64Array(free * size)
  const oddsMean = new Float64Array(free)
  const oddsCovariance = new Float64Array(free * free)
  const momentsOf = rowMoments(classes, update)

  const project = (x: Float64Array): void => {
    for (let k = 0; k < free; k++) {
      let location = 0
      for (let j = 0; j < columns; j++) location += mean[k * columns + j]! * x[j]!
      oddsMean[k] = location
      for (let row = 0; row < size; row++) {
        const at = row * size + k * columns
        let sum = 0
        for (let j = 0; j < columns; j++) sum += covariance[at + j]! * x[j]!
        spread[k * size + row] = sum
      }
      for (let other = 0; other <= k; other++) {
        let sum = 0
        for (let j = 0; j < columns; j++) sum += spread[k * size + other * columns + j]! * x[j]!
        oddsCovariance[k * free + other] = sum
        oddsCovariance[other * free + k] = sum
      }
    }
  }

  return {
    mean,
    covariance,
    odds(x) {
      project(x)
      return { mean: oddsMean, covariance: oddsCovariance }
    },
    absorb(x, target, weight) {
      if (weight === 0) return
      project(x)
      const { pull, shrink } = momentsOf(oddsMean, oddsCovariance, target, weight)
      for (let row = 0; row < size; row++) {
        for (let k = 0; k < free; k++) mean[row]! += spread[k * size + row]! * pull[k]!
      }
      // V -= sum_kl shrink[k, l] g_k g_l', kept exactly symmetric: computed once for both triangles.
      for (let k = 0; k < free; k++) {
        for (let row = 0; row < size; row++) {
          let pulled = 0
          for (let other = 0; other < free; other++) pulled += shrink[k * free + other]! * spread[other * size + row]!
          const at = row * size
          for (let column = 0; column <= row; column++) covariance[at + column]! -= pulled * spread[k * size + column]!
        }
      }
      for (let row = 1; row < size; row++) {
        for (let column = 0; column < row; column++) covariance[column * size + row] = covariance[row * size + column]!
      }
    },
    forget(share) {
      const precision = covariance
      const pulled = new Float64Array(size)
      if (choleskyInverse(precision, size)) {
        for (let row = 0; row < size; row++) {
          for (let column = 0; column < size; column++) pulled[row]! += share * precision[row * size + column]! * mean[column]!
        }
        for (let at = 0; at < precision.length; at++) precision[at]! *= share
        for (let k = 0; k < free; k++) {
          for (let other = 0; other < free; other++) {
            const prior = ((1 - share) / priorVariance) * ((k === other ? 1 : 0) - 1 / classes)
            for (let j = 0; j < columns; j++) precision[(k * columns + j) * size + other * columns + j]! += prior
          }
        }
        if (choleskyInverse(covariance, size)) {
          for (let row = 0; row < size; row++) {
            let sum = 0
            for (let column = 0; column < size; column++) sum += covariance[row * size + column]! * pulled[column]!
            mean[row] = sum
          }
          return
        }
      }
      throw notPositiveDefinite()
    },
  }
}
