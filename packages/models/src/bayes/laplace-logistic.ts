import { LobError, numberOption } from '@rxlob/core'
import { choleskyInverse, fitLogistic, type LogisticProblem } from '@rxlob/evaluation'

export interface LaplaceLogisticOptions extends Pick<LogisticProblem, 'inputs' | 'columns' | 'targets' | 'classes' | 'rowWeights'> {
  /** Prior variance of every weight of every class, above 0: see `bayesianLogistic`. Two classes: the log odds have twice this. Default 1. */
  readonly priorVariance?: number
}

/** A Gaussian over the log odds against class 0, per unit of each column. */
export interface GaussianWeights {
  /** Row-major [classes - 1, columns]. */
  readonly mean: Float64Array
  /** Row-major, square in the order of `mean`. */
  readonly covariance: Float64Array
}

/**
 * Batch Bayesian logistic regression: Gaussian posterior by Laplace's approximation at the most probable weights.
 *
 *   mean = argmax log p(y | W) + log N(W; 0, priorVariance),  covariance = (Hessian of the negative log posterior there)^-1
 *
 * What `bayesianLogistic` approximates one row at a time: use it to check that, or where a batch is at hand.
 * Cost: O(rows columns^2 classes^2) an iteration.
 *
 * @throws {LobError} LOB_BAD_OPTION where shapes do not match, a target is no class or `priorVariance` is not above 0;
 *   LOB_MODEL where an input is not finite.
 * @see Bishop (2006), Pattern Recognition and Machine Learning, section 4.5; MacKay (1992), Neural Computation 4(5)
 */
export function laplaceLogistic(options: LaplaceLogisticOptions): GaussianWeights {
  const variance = numberOption('priorVariance', options.priorVariance ?? 1, Number.MIN_VALUE, Number.MAX_VALUE)
  const penalties = new Float64Array(options.columns).fill(1 / variance)
  const { weights, information } = fitLogistic({ ...options, penalties })
  if (!choleskyInverse(information, weights.length)) {
    throw new LobError('LOB_MODEL', 'laplaceLogistic: the posterior has no covariance in double precision; standardise the inputs.')
  }
  return { mean: weights, covariance: information }
}
