import { integerOption, LobError } from '@rxlob/core'
import type { FeatureWindow, Fitted, Horizon, InstrumentId, LabelledFrame, OnlineLearner } from '@rxlob/core'
import type { Baseline } from './baselines/baseline.js'
import { learnerRun } from './learner-run.js'
import { argMax } from './metrics/probability/top-label.js'
import { settlements } from './settlements.js'

export interface PrequentialOptions {
  /** Rows with their targets, from `collectFrame`. */
  readonly frame: LabelledFrame
  /** Name of the target in `frame.targets` that the learners are taught and scored on: class numbers. */
  readonly target: string
  /** One or more, all over the same classes. They are taught in place. */
  readonly learners: readonly OnlineLearner[]
  /** What they have to beat, on the same rows. Default none. */
  readonly baselines?: readonly Baseline[]
  /** First row that counts; earlier ones only teach. */
  readonly scoreFrom: number
  /** Whatever was fitted beforehand (features, scalers, thresholds): no row of its period may be scored. Default none. */
  readonly fitted?: readonly Pick<Fitted<unknown>, 'to'>[]
  /** Called now and then with the rows done and the rows in all. */
  readonly onProgress?: (rowsDone: number, rows: number) => void
}

/** What one learner or baseline said about every scored row. */
export interface Forecast {
  readonly name: string
  readonly kind: 'learner' | 'baseline'
  /** Class called for each scored row. */
  readonly calls: Int32Array
  /** Row-major [scored rows, classes]. */
  readonly probabilities: Float32Array
}

/** Forecasts and outcomes on identical rows, in time order. */
export interface PrequentialResult {
  readonly instrument: InstrumentId
  readonly target: string
  readonly classes: readonly string[]
  readonly horizon: Horizon
  /** Mean number of rows that a scored row's label took to settle. */
  readonly settlingRows: number
  /** Row of the frame of each scored row. */
  readonly rows: Int32Array
  readonly tsLocal: Float64Array
  /** Class that came true. */
  readonly outcomes: Int32Array
  /** Learners first, in the order given. */
  readonly forecasts: readonly Forecast[]
  /** Rows from `scoreFrom` on that were not scored: without a label, or without a view of the named forecast. */
  readonly skipped: Readonly<Record<string, number>>
}

const progressRows = 4096

/**
 * Test, then train: every row is predicted with what was known when it arrived, and taught only once its label has settled.
 *
 * At each row first the labels that this row completes are taught, in row order, then the row is predicted. A row is scored where
 * it has a label and every learner and baseline has a view of it, so that all are compared on the same rows. Windows never
 * reach over a break. Cost: one `predict` a scored row, one `learn` a labelled row, for each learner.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range, the learners' classes differ or are no classes, two
 *   forecasts share a name, a label settles at its own row or before, or a scored row lies in the period of a fitted part;
 *   LOB_COLUMN_MISMATCH where the frame lacks a column or target.
 * @see Dawid (1984), J. Royal Statistical Society A 147, 278-292
 * @example
 * const run = prequential({ frame, target: 'move', learners: [bayesianLogistic({ input, output })], baselines: [majorityClass()], scoreFrom: 20000 })
 * accuracy(confusionMatrix(run.outcomes, run.forecasts[0].calls, { classes: run.classes.length }))
 */
export function prequential(options: PrequentialOptions): PrequentialResult {
  const { frame, target, onProgress } = options
  const { classes, horizon } = sharedOutput(options.learners)
  const width = classes.length
  const scoreFrom = integerOption('scoreFrom', options.scoreFrom, 0, Math.max(0, frame.length - 1))
  refuseFittedRows(options, scoreFrom)
  const { targets, settling, settledBy } = settlements(frame, target, width)
  const learners = options.learners.map((learner) => learnerRun(learner, frame))
  const baselines = (options.baselines ?? []).map((baseline) => ({ name: baseline.name, run: baseline.start(frame, width) }))
  const names = [...learners, ...baselines].map(({ name }) => name)
  const twin = names.find((name, i) => names.indexOf(name) !== i)
  if (twin !== undefined) throw new LobError('LOB_BAD_OPTION', `prequential: two forecasts are called ${twin}; give each a name of its own.`)

  const most = frame.length - scoreFrom
  const probabilities = names.map(() => new Float32Array(most * width))
  const calls = names.map(() => new Int32Array(most))
  const rows = new Int32Array(most)
  const outcomes = new Int32Array(most)
  const view = new Float64Array(width)
  const skipped: Record<string, number> = {}
  let scored = 0
  let settlingRows = 0
  const breaks = new Set(frame.breaks)

  /** Writes every forecast of a row to the place of the next scored one; the name of the first without a view, if any. */
  const forecast = (row: number, windows: readonly (FeatureWindow | undefined)[]): string | undefined => {
    const at = scored * width
    for (const [n, { learner, name }] of learners.entries()) {
      const window = windows[n]
      if (window === undefined) return name
      const values = learner.predict(window)
      probabilities[n]!.set(values, at)
      calls[n]![scored] = argMax(values, 0, width)
    }
    for (const [b, { run, name }] of baselines.entries()) {
      const call = run.predict(row, view)
      if (call < 0) return name
      probabilities[learners.length + b]!.set(view, at)
      calls[learners.length + b]![scored] = call
    }
    return undefined
  }

  for (let row = 0; row < frame.length; row++) {
    for (const settled of settledBy(row)) {
      for (const { learn } of learners) learn(settled, targets[settled]!)
      for (const { run } of baselines) run.learn(settled, targets[settled]!)
    }
    if (row === scoreFrom) for (const { run } of baselines) run.train?.()
    const labelled = !Number.isNaN(targets[row]!)
    const windows = learners.map(({ push }) => push(row, breaks.has(row), labelled))
    if (row >= scoreFrom) {
      const without = labelled ? forecast(row, windows) : 'label'
      if (without === undefined) {
        rows[scored] = row
        outcomes[scored] = targets[row]!
        settlingRows += (settling[row]! - row - settlingRows) / (scored + 1)
        scored++
      } else {
        skipped[without] = (skipped[without] ?? 0) + 1
      }
    }
    if ((row + 1) % progressRows === 0 || row + 1 === frame.length) onProgress?.(row + 1, frame.length)
  }
  return {
    instrument: frame.instrument,
    target,
    classes,
    horizon,
    settlingRows,
    rows: rows.slice(0, scored),
    tsLocal: Float64Array.from(rows.subarray(0, scored), (row) => frame.tsLocal[row]!),
    outcomes: outcomes.slice(0, scored),
    forecasts: names.map((name, n) => ({
      name,
      kind: n < learners.length ? 'learner' : 'baseline',
      calls: calls[n]!.slice(0, scored),
      probabilities: probabilities[n]!.slice(0, scored * width),
    })),
    skipped,
  }
}

function sharedOutput(learners: readonly OnlineLearner[]): { classes: readonly string[]; horizon: Horizon } {
  const outputs = learners.map(({ output }) => output)
  const [first] = outputs
  if (first?.kind !== 'classes') throw new LobError('LOB_BAD_OPTION', 'prequential: expected at least one learner, and of classes.')
  for (const [n, output] of outputs.entries()) {
    if (output.kind === 'classes' && output.classes.join('\n') === first.classes.join('\n')) continue
    throw new LobError('LOB_BAD_OPTION', `prequential: learner ${learners[n]!.name} must have the classes ${first.classes.join(', ')} of the first.`)
  }
  return first
}

/** @throws {LobError} LOB_BAD_OPTION where the first scored row lies in the period of a fitted part. */
export function refuseFittedRows({ frame, fitted = [] }: Pick<PrequentialOptions, 'frame' | 'fitted'>, scoreFrom: number): void {
  const latest = Math.max(-Infinity, ...fitted.map(({ to }) => to))
  const first = frame.tsLocal[scoreFrom] ?? Infinity
  if (first > latest) return
  throw new LobError(
    'LOB_BAD_OPTION',
    `prequential: row ${scoreFrom} (${first}) lies in the period that a part was fitted on (up to ${latest}); raise scoreFrom to a row after it.`,
  )
}
