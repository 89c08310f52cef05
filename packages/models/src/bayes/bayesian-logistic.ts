import { integerOption, LobError, numberOption, type FeatureWindow, type InputSpec, type OnlineLearner, type OutputSpec } from '@rxlob/core'
import { fillInput, scalingOf, type Scaling } from './input-scaling.js'
import { readState, type LearnerState } from './learner-state.js'
import { logisticPosterior } from './logistic-posterior.js'
import { meanSoftmax } from './mean-softmax.js'

export interface BayesianLogisticOptions {
  /** What it reads. Every number of the window is an input of its own. With a `scaler` there is no warm-up. */
  readonly input: InputSpec
  /** What it says: classes, two or more. */
  readonly output: OutputSpec
  /** Default `bayesian_logistic`. */
  readonly name?: string
  /** Prior variance of every weight of every class, per standard deviation of its input, above 0. Default 1. */
  readonly priorVariance?: number
  /** Share of its evidence that is kept with each learned row, above 0 to 1: the memory is 1 / (1 - forgetting) rows. Default 0.9999. */
  readonly forgetting?: number
  /** Learned rows that fix the scaling where `input` has none, 2 or more; they are absorbed when it is fixed. Default 500. */
  readonly warmUpRows?: number
  /** Scaled inputs are cut at this many deviations, above 0: one wild value must not buy certainty. Default 5. */
  readonly clipDeviations?: number
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
  const { input, output } = options
  const name = options.name ?? 'bayesian_logistic'
  if (output.kind !== 'classes' || output.classes.length < 2) throw new LobError('LOB_BAD_OPTION', `Option output: ${name} needs two classes or more.`)
  const classes = output.classes.length
  const columns = input.columns.length
  const inputs = input.length * columns
  const weights = (classes - 1) * (inputs + 1)
  if (weights > mostWeights) {
    throw new LobError('LOB_BAD_OPTION', `Option input: ${inputs} inputs and ${classes} classes make ${weights} weights, expected ${mostWeights} or fewer; use shorter windows or fewer columns.`)
  }
  const priorVariance = numberOption('priorVariance', options.priorVariance ?? 1, 1e-12, 1e12)
  const forgetting = numberOption('forgetting', options.forgetting ?? 0.9999, Number.MIN_VALUE, 1)
  const warmUpRows = integerOption('warmUpRows', options.warmUpRows ?? 500, 2)
  const clip = numberOption('clipDeviations', options.clipDeviations ?? 5, Number.MIN_VALUE, Infinity)
  const forgetEvery = forgetting === 1 ? Infinity : Math.max(1, Math.round(staleShare / (1 - forgetting)))

  const posterior = logisticPosterior(inputs + 1, classes, priorVariance)
  const x = new Float64Array(inputs + 1)
  const average = meanSoftmax(classes)
  const probabilities = new Float64Array(classes)
  let scaling: Scaling | undefined
  let warm = input.scaler !== undefined
  let warmUp: LearnerState['warmUp'] = []
  let sinceForgetting = 0

  const check = ({ data, shape }: FeatureWindow): void => {
    if (shape[0] === input.length && shape[1] === columns && data.length === inputs) return
    throw new LobError('LOB_COLUMN_MISMATCH', `${name}: expected a window of ${input.length} rows and ${columns} columns, got ${shape[0]} and ${shape[1]} (${data.length} numbers).`)
  }
  const absorb = (data: Float32Array, target: number, weight: number): void => {
    if (sinceForgetting >= forgetEvery) {
      posterior.forget(forgetting ** sinceForgetting)
      sinceForgetting = 0
    }
    fillInput(x, data, scaling, clip)
    posterior.absorb(x, target, weight)
    sinceForgetting++
  }
  const classShares = (): Float32Array => {
    const shares = new Float32Array(classes).fill(1 / (warmUp.length + classes))
    for (const { target } of warmUp) shares[target]! += 1 / (warmUp.length + classes)
    return shares
  }

  return {
    contract: 1,
    name,
    input,
    output,
    predict(window) {
      check(window)
      fillInput(x, window.data, scaling, clip)
      if (!warm) return classShares()
      const { mean, covariance } = posterior.odds(x)
      average(mean, covariance, probabilities)
      return Float32Array.from(probabilities)
    },
    learn(window, target, weight = 1) {
      check(window)
      numberOption('weight', weight, 0, Number.MAX_VALUE)
      if (!(Number.isInteger(target) && target >= 0 && target < classes)) {
        throw new LobError('LOB_MODEL', `${name}: expected a class from 0 to ${classes - 1}, got ${target}; leave unlabelled rows out.`)
      }
      if (warm) {
        absorb(window.data, target, weight)
        return
      }
      fillInput(x, window.data, undefined, Infinity)
      warmUp.push({ data: Float32Array.from(window.data), target, weight })
      if (warmUp.length < warmUpRows) return
      scaling = scalingOf(warmUp.map(({ data }) => data.subarray(inputs - columns)), columns)
      warm = true
      for (const row of warmUp) absorb(row.data, row.target, row.weight)
      warmUp = []
    },
    save() {
      return {
        model: 'bayesian_logistic',
        version: 1,
        // Copies: the state must not change with what was handed in.
        input: JSON.parse(JSON.stringify(input)) as InputSpec,
        classes: [...output.classes],
        warm,
        ...(scaling !== undefined && { scaling: { mean: [...scaling.mean], scale: [...scaling.scale] } }),
        warmUp: warmUp.map(({ data, target, weight }) => ({ data: [...data], target, weight })),
        sinceForgetting,
        mean: [...posterior.mean],
        covariance: lowerTriangle(posterior.covariance, weights),
      }
    },
    load(state) {
      const saved = readState(state, { name, input, classes: output.classes, weights })
      scaling = saved.scaling
      warm = saved.warm
      warmUp = saved.warmUp
      sinceForgetting = saved.sinceForgetting
      posterior.mean.set(saved.mean)
      posterior.covariance.set(saved.covariance)
    },
  }
}

function lowerTriangle(matrix: Float64Array, size: number): number[] {
  const triangle: number[] = []
  for (let row = 0; row < size; row++) for (let column = 0; column <= row; column++) triangle.push(matrix[row * size + column]!)
  return triangle
}
