import { integerOption, LobError, type Horizon, type InstrumentId, type OnlineLearner } from '@rxlob/core'
import { learnerRun } from './learner-run.js'
import { refuseFittedRows, type PrequentialOptions } from './prequential.js'
import { rollingMoments } from './numeric/rolling-moments.js'
import { settlements } from './settlements.js'

export interface PrequentialValuesOptions extends Omit<PrequentialOptions, 'baselines'> {
  /** Settled outcomes that the baselines' mean and deviations are taken over. Default 1000. */
  readonly baselineRows?: number
}

/** What one learner or baseline said about every scored row. */
export interface ValueForecast {
  readonly name: string
  readonly kind: 'learner' | 'baseline'
  readonly mean: Float64Array
  /** NaN where it says none. */
  readonly deviation: Float64Array
}

/** Forecasts of values and what came true, on identical rows, in time order. */
export interface PrequentialValuesResult {
  readonly instrument: InstrumentId
  readonly target: string
  /** Of the target. */
  readonly unit: string
  readonly horizon: Horizon
  /** Mean number of rows that a scored row's label took to settle. */
  readonly settlingRows: number
  /** Row of the frame of each scored row. */
  readonly rows: Int32Array
  readonly tsLocal: Float64Array
  readonly outcomes: Float64Array
  /** Learners in the order given, then `zero_forecast` and `rolling_mean`. */
  readonly forecasts: readonly ValueForecast[]
  /** From `scoreFrom` on, not scored: without a label, or without a view of the named forecast. */
  readonly skipped: Readonly<Record<string, number>>
}

/**
 * As `prequential`, for learners of values: every row is predicted with what was known when it arrived, and taught once its label has settled.
 *
 * What they have to beat runs along on the same rows: `zero_forecast`, with the root mean square of the last outcomes as its deviation, and
 * `rolling_mean`, with theirs. Both are NaN, and the row is not scored, before two outcomes are known.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range, the learners' outputs differ or are no values, two share a name, a label
 *   settles at its own row or before, or a scored row lies in the period of a fitted part; LOB_COLUMN_MISMATCH where the frame lacks a
 *   column or target.
 * @see Dawid (1984), J. Royal Statistical Society A 147, 278-292
 * @example
 * const run = prequentialValues({ frame, target: 'move', learners: [nigRegression({ input, output: labeler.output })], scoreFrom: 5000 })
 * valueReport(run)
 */
export function prequentialValues(options: PrequentialValuesOptions): PrequentialValuesResult {
  const { frame, target, onProgress } = options
  const { unit, horizon } = sharedValue(options.learners)
  const scoreFrom = integerOption('scoreFrom', options.scoreFrom, 0, Math.max(0, frame.length - 1))
  const recent = rollingMoments(integerOption('baselineRows', options.baselineRows ?? 1000, 2))
  refuseFittedRows(options, scoreFrom)
  const { targets, settling, settledBy } = settlements(frame, target)
  const learners = options.learners.map((learner) => learnerRun(learner, frame))
  const names = [...learners.map(({ name }) => name), 'zero_forecast', 'rolling_mean']
  const twin = names.find((name, i) => names.indexOf(name) !== i)
  if (twin !== undefined) throw new LobError('LOB_BAD_OPTION', `prequentialValues: two forecasts are called ${twin}; give each a name of its own.`)

  const most = frame.length - scoreFrom
  const means = names.map(() => new Float64Array(most))
  const deviations = names.map(() => new Float64Array(most))
  const rows = new Int32Array(most)
  const outcomes = new Float64Array(most)
  const skipped: Record<string, number> = {}
  const breaks = new Set(frame.breaks)
  let scored = 0
  let settlingRows = 0
  for (let row = 0; row < frame.length; row++) {
    for (const settled of settledBy(row)) {
      recent.push(targets[settled]!)
      for (const { learn } of learners) learn(settled, targets[settled]!)
    }
    const labelled = !Number.isNaN(targets[row]!)
    const windows = learners.map(({ push }) => push(row, breaks.has(row), labelled))
    if (row >= scoreFrom) {
      const blind = windows.indexOf(undefined)
      const without = !labelled ? 'label' : blind >= 0 ? names[blind]! : recent.count < 2 ? 'rolling_mean' : undefined
      if (without === undefined) {
        learners.forEach(({ learner }, n) => {
          const [mean, deviation] = learner.predict(windows[n]!)
          means[n]![scored] = mean!
          deviations[n]![scored] = deviation!
        })
        const [zero, rolling] = [learners.length, learners.length + 1]
        deviations[zero]![scored] = recent.rootMeanSquare()
        means[rolling]![scored] = recent.mean()
        deviations[rolling]![scored] = recent.deviation()
        rows[scored] = row
        outcomes[scored] = targets[row]!
        settlingRows += (settling[row]! - row - settlingRows) / (scored + 1)
        scored++
      } else {
        skipped[without] = (skipped[without] ?? 0) + 1
      }
    }
    if ((row + 1) % 4096 === 0 || row + 1 === frame.length) onProgress?.(row + 1, frame.length)
  }
  return {
    instrument: frame.instrument, target, unit, horizon, settlingRows,
    rows: rows.slice(0, scored),
    tsLocal: Float64Array.from(rows.subarray(0, scored), (row) => frame.tsLocal[row]!),
    outcomes: outcomes.slice(0, scored),
    forecasts: names.map((name, n) => ({
      name, kind: n < learners.length ? 'learner' : 'baseline', mean: means[n]!.slice(0, scored), deviation: deviations[n]!.slice(0, scored),
    })),
    skipped,
  }
}

function sharedValue(learners: readonly OnlineLearner[]): { unit: string; horizon: Horizon } {
  const [first] = learners
  if (first?.output.kind !== 'value') throw new LobError('LOB_BAD_OPTION', 'prequentialValues: expected at least one learner, and of values.')
  const { unit, horizon } = first.output
  for (const { name, output } of learners) {
    if (output.kind === 'value' && output.unit === unit) continue
    throw new LobError('LOB_BAD_OPTION', `prequentialValues: learner ${name} must forecast a value in ${unit}, as the first.`)
  }
  return { unit, horizon }
}
