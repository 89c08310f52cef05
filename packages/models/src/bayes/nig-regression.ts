import { LobError, numberOption, type FeatureWindow, type OnlineLearner } from '@rxlob/core'
import { inputLearner, type InputLearnerOptions, type LearnedRow } from './input-learner.js'
import { fromTriangle, lowerTriangle } from './lower-triangle.js'
import { absorbValue, forecastValue, type NormalInverseGamma } from './normal-inverse-gamma.js'
import type { StudentForecast } from './student-forecast.js'

export interface NigRegressionOptions extends InputLearnerOptions {
  /** Prior variance of every weight in units of the noise variance, per standard deviation of its input, above 0. Default 1. */
  readonly priorVariance?: number
  /** Shape of the inverse-gamma prior of the noise variance, above 0: half the rows that it is worth. Default 2. */
  readonly priorShape?: number
  /** Scale of that prior, squared units of the target, above 0: the prior's mean noise variance is priorScale / (priorShape - 1). Default 1. */
  readonly priorScale?: number
}

/** A learner of values whose whole forecast can be had. */
export interface NigRegression extends OnlineLearner {
  /**
   * The predictive distribution, for intervals (`studentInterval`), densities and PIT; undefined while the scaling is not fixed.
   *
   * @throws {LobError} as `predict`.
   */
  forecast(window: FeatureWindow): StudentForecast | undefined
}

/**
 * Bayesian linear regression of a value with unknown noise, which forgets: Normal-inverse-gamma.
 *
 *   y = x'w + e, e ~ N(0, s2);  predictive Student-t(2a, x'm, b / a (1 + x'P^-1 x))
 *   each row: P <- L P, a <- L a, b <- L b (L = forgetting), then the exact posterior
 *
 * `predict` gives mean and standard deviation, NaN where the t has none (2 degrees of freedom or fewer). With `forgetting` 1 it is the batch
 * posterior, whatever the order of rows. Forgetting fades the prior too, but a direction without evidence is held at a million times its
 * prior variance. Until the scaling is fixed it says the mean and deviation of the targets so far.
 *
 * Unit: of the target. Cost: O(inputs^2) a row.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range or `output` is no value; LOB_COLUMN_MISMATCH where a window or a state is
 *   of another shape; LOB_MODEL where a target or a window is not finite or a state was not made by `save`.
 * @see Bishop (2006), section 3.3 and exercise 3.12; West and Harrison (1997), Bayesian Forecasting and Dynamic Models, section 4.5 (discounting)
 * @example
 * nigRegression({ input: inputOf([ofi(), queueImbalance()], { length: 1 }), output: { kind: 'value', unit: 'ticks', horizon: { rows: 10 } } })
 */
export function nigRegression(options: NigRegressionOptions): NigRegression {
  const { input, output } = options
  const name = options.name ?? 'nig_regression'
  if (output.kind !== 'value') throw new LobError('LOB_BAD_OPTION', `Option output: ${name} forecasts a value, got classes; use bayesianLogistic.`)
  const columns = input.length * input.columns.length + 1
  const priorVariance = numberOption('priorVariance', options.priorVariance ?? 1, 1e-12, 1e12)
  const forgetting = numberOption('forgetting', options.forgetting ?? 0.9999, Number.MIN_VALUE, 1)
  const covariance = new Float64Array(columns * columns)
  for (let row = 0; row < columns; row++) covariance[row * (columns + 1)] = priorVariance
  const state: NormalInverseGamma = {
    mean: new Float64Array(columns), covariance,
    shape: numberOption('priorShape', options.priorShape ?? 2, Number.MIN_VALUE, Number.MAX_VALUE),
    scale: numberOption('priorScale', options.priorScale ?? 1, Number.MIN_VALUE, Number.MAX_VALUE),
  }
  const spread = new Float64Array(columns)
  const { learner, scaled } = inputLearner({
    ...options,
    name,
    kind: 'nig_regression',
    unscaled: meanAndDeviation,
    model: {
      predict(x) {
        const { degreesOfFreedom, location, scale } = forecastValue(state, x, forgetting, spread)
        return Float32Array.of(location, degreesOfFreedom > 2 ? scale * Math.sqrt(degreesOfFreedom / (degreesOfFreedom - 2)) : NaN)
      },
      absorb: (x, target, weight) => absorbValue(state, x, target, weight, forgetting, priorVariance, spread),
      save: () => ({ mean: [...state.mean], covariance: lowerTriangle(state.covariance, columns), shape: state.shape, scale: state.scale }),
      load(saved) {
        const mean = saved.numbers('mean', columns)
        const loaded = fromTriangle(saved.numbers('covariance', (columns * (columns + 1)) / 2), columns)
        const [shape, scale] = [saved.number('shape'), saved.number('scale')]
        return () => {
          state.mean.set(mean)
          state.covariance.set(loaded)
          state.shape = shape
          state.scale = scale
        }
      },
    },
  })
  return {
    ...learner,
    forecast(window) {
      const x = scaled(window)
      return x && forecastValue(state, x, forgetting, spread)
    },
  }
}

function meanAndDeviation(rows: readonly LearnedRow[]): Float32Array {
  if (rows.length === 0) return Float32Array.of(0, NaN)
  const mean = rows.reduce((sum, { target }) => sum + target, 0) / rows.length
  const squares = rows.reduce((sum, { target }) => sum + (target - mean) ** 2, 0)
  return Float32Array.of(mean, rows.length < 2 ? NaN : Math.sqrt(squares / (rows.length - 1)))
}
