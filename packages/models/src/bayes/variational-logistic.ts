import { LobError, numberOption, type OnlineLearner } from '@rxlob/core'
import { classShares } from './class-shares.js'
import { projection } from './gaussian-site.js'
import { inputLearner, type InputLearnerOptions } from './input-learner.js'
import { oneVersusRest } from './one-versus-rest.js'
import { mackayProbability } from './mackay-probability.js'
import { variationalUpdate } from './variational-update.js'

export interface VariationalLogisticOptions extends InputLearnerOptions {
  /** Prior variance of every weight, per standard deviation of its input, above 0. Default 1. */
  readonly priorVariance?: number
}

/**
 * Logistic regression by streaming variational Bayes, one row at a time: each row's likelihood is replaced by the Gaussian lower bound of
 * Jaakkola and Jordan that is tightest after it (`variationalUpdate`), which keeps the posterior Gaussian.
 *
 * Predicts with MacKay's average over the weights (`mackayProbability`). The bound leaves too little variance, so it is surer of itself than
 * `bayesianLogistic`; it is cheaper. More than two classes: one a class against the rest, divided by their sum. Forgetting, scaling and warm-up as there.
 * Cost: O(inputs^2) a row and class, O(inputs^3) every 0.02 / (1 - forgetting) rows.
 *
 * @throws {LobError} as `bayesianLogistic`.
 * @see Broderick et al. (2013), Streaming variational Bayes, NIPS 26; Jaakkola and Jordan (2000), Statistics and Computing 10, 25-37
 */
export function variationalLogistic(options: VariationalLogisticOptions): OnlineLearner {
  const { output } = options
  const name = options.name ?? 'variational_logistic'
  if (output.kind !== 'classes' || output.classes.length < 2) throw new LobError('LOB_BAD_OPTION', `Option output: ${name} needs two classes or more.`)
  const classes = output.classes.length
  const columns = options.input.length * options.input.columns.length + 1
  const spread = new Float64Array(columns)
  const model = oneVersusRest({
    name, classes, columns,
    priorVariance: numberOption('priorVariance', options.priorVariance ?? 1, 1e-12, 1e12),
    forgetting: numberOption('forgetting', options.forgetting ?? 0.9999, Number.MIN_VALUE, 1),
    update: (weights, x, up, weight) => variationalUpdate(weights, [{ x, up, weight }]),
    probability(weights, x) {
      const { location, variance } = projection(weights, x, spread)
      return mackayProbability(location, variance)
    },
  })
  return inputLearner({ ...options, name, kind: 'variational_logistic', unscaled: classShares(classes), model }).learner
}
