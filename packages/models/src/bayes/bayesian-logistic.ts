import { LobError, numberOption, type OnlineLearner } from '@rxlob/core'
import { classShares } from './class-shares.js'
import { inputLearner, type InputLearnerOptions } from './input-learner.js'
import { logisticPosterior } from './logistic-posterior.js'
import { meanSoftmax } from './mean-softmax.js'
import { fromTriangle, lowerTriangle } from './lower-triangle.js'

export interface BayesianLogisticOptions extends InputLearnerOptions {
  /** Prior variance of every weight of every class, per standard deviation of its input, above 0. Default 1. */
  readonly priorVariance?: number
  /** How a row moves the posterior: to its exact moments, or to Laplace's approximation. Default `moments`. */
  readonly update?: 'moments' | 'laplace'
}

/** Beyond it a covariance takes megabytes and a row a millisecond. */
const mostWeights = 600
/** Evidence that may go stale before it is discounted in one go: discounting costs as much as hundreds of rows. */
const staleShare = 0.02

/**
 * Multi-class Bayesian logistic regression that learns one row at a time and forgets.
 *
 *   p(class k | x) = softmax(W x)_k, W ~ Gaussian; predictions average over W
 *
 * - Learning: assumed-density filtering. Each row moves the full-covariance Gaussian to the mean and covariance that the exact posterior
 *   after that row would have (`logisticPosterior`). With `forgetting` 1 it stays close to the batch posterior (`laplaceLogistic`).
 * - Forgetting: posterior' = posterior^f * prior^(1 - f). Old evidence fades, the prior never does, so a column that says nothing
 *   for a day returns to its prior instead of to infinite variance. Applied in steps of about 2 % of the evidence.
 * - Predicting: the softmax averaged by quadrature (`meanSoftmax`), so little evidence gives flat probabilities.
 * - Scaling: (x - mean) / deviation by column, from `input.scaler`, else from the first `warmUpRows` learned rows and then fixed.
 *   Until then the probabilities are the class shares learned so far.
 * - `update: 'laplace'`: each row's moments are replaced by the mode and the curvature there (sequential Laplace approximation). Cheaper, and
 *   too sure of itself where rows are few; the default is the exact moments.
 *
 * Two classes: Bayesian logistic regression with prior variance 2 * `priorVariance` on the log odds.
 * Cost, with w = (classes - 1) * (inputs + 1) weights: O(w^2) a row, and O(w^3) every 0.02 / (1 - forgetting) rows; memory O(w^2).
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range, `output` has no classes or there are more than 600 weights;
 *   LOB_COLUMN_MISMATCH where a window or a state is of another shape; LOB_MODEL where a target is no class, a window holds NaN or
 *   infinity, or a state was not made by `save`.
 * @see Opper (1998), A Bayesian approach to on-line learning; Minka (2001), Expectation propagation, section 3 (assumed-density filtering);
 *   Kulhavy and Zarrop (1993), Int. J. Control 58(4), 905-924 (forgetting towards the prior)
 * @example
 * bayesianLogistic({ input: inputOf([queueImbalance(), ofi()], { length: 1 }), output: labeler.output })
 */
export function bayesianLogistic(options: BayesianLogisticOptions): OnlineLearner {
  const { input, output, update = 'moments' } = options
  const name = options.name ?? 'bayesian_logistic'
  if (output.kind !== 'classes' || output.classes.length < 2) throw new LobError('LOB_BAD_OPTION', `Option output: ${name} needs two classes or more.`)
  const classes = output.classes.length
  const inputs = input.length * input.columns.length
  const weights = (classes - 1) * (inputs + 1)
  if (weights > mostWeights) {
    throw new LobError('LOB_BAD_OPTION', `Option input: ${inputs} inputs and ${classes} classes make ${weights} weights, expected ${mostWeights} or fewer; use shorter windows or fewer columns.`)
  }
  const priorVariance = numberOption('priorVariance', options.priorVariance ?? 1, 1e-12, 1e12)
  const forgetting = numberOption('forgetting', options.forgetting ?? 0.9999, Number.MIN_VALUE, 1)
  const forgetEvery = forgetting === 1 ? Infinity : Math.max(1, Math.round(staleShare / (1 - forgetting)))

  const posterior = logisticPosterior(inputs + 1, classes, priorVariance, update)
  const average = meanSoftmax(classes)
  const probabilities = new Float64Array(classes)
  let sinceForgetting = 0

  return inputLearner({
    ...options,
    name,
    kind: update === 'moments' ? 'bayesian_logistic' : 'bayesian_logistic_laplace',
    unscaled: classShares(classes),
    model: {
      predict(x) {
        const { mean, covariance } = posterior.odds(x)
        average(mean, covariance, probabilities)
        return Float32Array.from(probabilities)
      },
      absorb(x, target, weight) {
        if (sinceForgetting >= forgetEvery) {
          posterior.forget(forgetting ** sinceForgetting)
          sinceForgetting = 0
        }
        posterior.absorb(x, target, weight)
        sinceForgetting++
      },
      save: () => ({ sinceForgetting, mean: [...posterior.mean], covariance: lowerTriangle(posterior.covariance, weights) }),
      load(saved) {
        const since = saved.number('sinceForgetting')
        const mean = saved.numbers('mean', weights)
        const covariance = fromTriangle(saved.numbers('covariance', (weights * (weights + 1)) / 2), weights)
        return () => {
          sinceForgetting = since
          posterior.mean.set(mean)
          posterior.covariance.set(covariance)
        }
      },
    },
  }).learner
}
