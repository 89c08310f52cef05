import { LobError, numberOption, type OnlineLearner } from '@rxlob/core'
import { classShares } from './class-shares.js'
import { oneVersusRest } from './one-versus-rest.js'
import { inputLearner, type InputLearnerOptions } from './input-learner.js'
import { probitProbability, probitUpdate } from './probit-update.js'

export interface BayesianProbitOptions extends InputLearnerOptions {
  /** Prior variance of every weight, per standard deviation of its input, above 0. Default 1. */
  readonly priorVariance?: number
}

/**
 * Bayesian probit regression that learns one row at a time by assumed-density filtering and forgets.
 *
 *   P(up | x) = Phi(x'm / sqrt(1 + x'Vx))
 *
 * Each row moves mean and full covariance to the exact moments after it (`probitUpdate`), in closed form: half the cost of `bayesianLogistic` on few inputs.
 * More than two classes: one probit for each class against the rest, probabilities divided by their sum; only `bayesianLogistic` models them
 * jointly. Forgetting, scaling and warm-up as there. Cost: O(inputs^2) a row and class, O(inputs^3) every 0.02 / (1 - forgetting) rows.
 *
 * @throws {LobError} as `bayesianLogistic`.
 * @see Minka (2001), A family of algorithms for approximate Bayesian inference, section 3.3
 */
export function bayesianProbit(options: BayesianProbitOptions): OnlineLearner {
  const { output } = options
  const name = options.name ?? 'bayesian_probit'
  if (output.kind !== 'classes' || output.classes.length < 2) throw new LobError('LOB_BAD_OPTION', `Option output: ${name} needs two classes or more.`)
  const classes = output.classes.length
  const model = oneVersusRest({
    name, classes, columns: options.input.length * options.input.columns.length + 1,
    priorVariance: numberOption('priorVariance', options.priorVariance ?? 1, 1e-12, 1e12),
    forgetting: numberOption('forgetting', options.forgetting ?? 0.9999, Number.MIN_VALUE, 1),
    update: probitUpdate,
    probability: probitProbability,
  })
  return inputLearner({ ...options, name, kind: 'bayesian_probit', unscaled: classShares(classes), model }).learner
}
