import { LobError, type Horizon, type LabelledFrame } from '@rxlob/core'
import type { Baseline } from './baselines/baseline.js'
import type { Fold } from './folds/walk-forward.js'
import { forecastReport, type ForecastReport, type ForecastReportOptions } from './forecast-report.js'
import { accuracy } from './metrics/classification/accuracy.js'
import { confusionMatrix } from './metrics/classification/confusion-matrix.js'
import { macroF1 } from './metrics/classification/macro-f1.js'
import { matthewsCorrelation } from './metrics/classification/matthews-correlation.js'
import { rankedPrecision } from './metrics/classification/precision-at.js'
import { brierScore } from './metrics/probability/brier-score.js'
import { negativeLogLikelihood } from './metrics/probability/negative-log-likelihood.js'
import { rankedProbabilityScore } from './metrics/probability/ranked-probability-score.js'
import { reliabilityBins, type ReliabilityBin } from './metrics/probability/reliability-bins.js'
import { topLabel } from './metrics/probability/top-label.js'
import { ranking } from './numeric/ranking.js'
import type { PrequentialResult } from './prequential.js'
import { settlements } from './settlements.js'

export interface EvaluateOptions extends ForecastReportOptions {
  /** Rows with their targets, from `collectFrame`. */
  readonly frame: LabelledFrame
  /** Name of the target in `frame.targets`: class numbers. */
  readonly target: string
  readonly classes: readonly string[]
  readonly horizon: Horizon
  /** One or more, each fitted anew in every fold. The first is reported unless `forecast` names another; the others are what it is held against. */
  readonly models: readonly Baseline[]
  /** In time order, from `walkForward`. */
  readonly folds: readonly Fold[]
  readonly onProgress?: (foldsDone: number, folds: number) => void
}

/** Scores of one model on one test block. */
export interface FoldScores {
  readonly model: string
  readonly accuracy: number
  readonly macroF1: number
  readonly mcc: number
  readonly nll: number
  readonly brier: number
  /** Of ordered classes. */
  readonly rps: number
}

export interface FoldReport {
  readonly trainRows: number
  /** Training rows whose label was not known when the test block began: not learned from, whatever the fold said. */
  readonly unsettled: number
  readonly testRows: number
  readonly from: number
  readonly to: number
  readonly scores: readonly FoldScores[]
}

export interface Evaluation {
  /** All test blocks together. */
  readonly report: ForecastReport
  readonly folds: readonly FoldReport[]
  /** Of the reported model's called class. */
  readonly reliability: readonly ReliabilityBin[]
  /** Of each class: precision among the rows given the highest probability of it, by the share of rows taken. */
  readonly precisionAt: readonly { readonly name: string; readonly shares: readonly number[]; readonly precision: readonly number[] }[]
  /** Every forecast that was made, out of sample. */
  readonly predictions: PrequentialResult
  /** Fold of each row of `predictions`. */
  readonly foldOf: Int32Array
}

const takenShares = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1]

/**
 * Walk-forward evaluation: in every fold each model is fitted anew to the training rows whose labels were known when the test block began, and
 * says what it thinks of the test rows; all test blocks together are then scored as one run.
 *
 * A model that is fitted once and frozen, as it would have to be in use; `prequential` is for those that learn as they go. Test rows are scored
 * where they have a label and every model has a view of them.
 *
 * @throws {LobError} LOB_BAD_OPTION where there are no models or folds, folds are out of order, two models share a name or nothing can be
 *   scored; LOB_COLUMN_MISMATCH where the frame lacks a column or target.
 * @see walkForward
 */
export function evaluate(options: EvaluateOptions): Evaluation {
  const { frame, target, classes, horizon, models, folds, onProgress } = options
  const width = classes.length
  const { targets, settling } = settlements(frame, target, width)
  const names = models.map(({ name }) => name)
  if (models.length === 0 || folds.length === 0) throw new LobError('LOB_BAD_OPTION', `evaluate: expected one model and one fold or more, got ${models.length} and ${folds.length}.`)
  const twin = names.find((name, at) => names.indexOf(name) !== at)
  if (twin !== undefined) throw new LobError('LOB_BAD_OPTION', `evaluate: two models are called ${twin}; give each a name of its own.`)
  folds.forEach(({ train, test }, fold) => {
    if (train.from >= 0 && train.from < train.to && train.to <= test.from && test.from < test.to && test.to <= frame.length && (fold === 0 || test.from >= folds[fold - 1]!.test.to)) return
    throw new LobError('LOB_BAD_OPTION', `evaluate: fold ${fold} trains on ${train.from} to ${train.to} and tests on ${test.from} to ${test.to}; expected training before test, tests in order, within ${frame.length} rows.`)
  })

  const rows: number[] = []
  const foldOf: number[] = []
  const outcomes: number[] = []
  const probabilities: number[][] = models.map(() => [])
  const calls: number[][] = models.map(() => [])
  const skipped: Record<string, number> = {}
  const reports: Omit<FoldReport, 'scores'>[] = []
  const views = models.map(() => new Float64Array(width))
  let settlingRows = 0

  for (const [fold, { train, test }] of folds.entries()) {
    let unsettled = 0
    const known: number[] = []
    for (let row = train.from; row < train.to; row++) {
      if (Number.isNaN(targets[row]!)) continue
      if (settling[row]! < test.from) known.push(row)
      else unsettled++
    }
    const runs = models.map((model) => {
      const run = model.start(frame, width)
      for (const row of known) run.learn(row, targets[row]!)
      run.train?.()
      return run
    })
    const first = rows.length
    for (let row = test.from; row < test.to; row++) {
      const called = runs.map((run, m) => run.predict(row, views[m]!))
      const blind = called.findIndex((call) => call < 0)
      const why = Number.isNaN(targets[row]!) ? 'no label' : names[blind]
      if (why !== undefined) {
        skipped[why] = (skipped[why] ?? 0) + 1
        continue
      }
      rows.push(row)
      foldOf.push(fold)
      outcomes.push(targets[row]!)
      settlingRows += settling[row]! - row
      called.forEach((call, m) => {
        calls[m]!.push(call)
        probabilities[m]!.push(...views[m]!)
      })
    }
    reports.push({ trainRows: known.length, unsettled, testRows: rows.length - first, from: frame.tsLocal[test.from]!, to: frame.tsLocal[test.to - 1]! })
    onProgress?.(fold + 1, folds.length)
  }
  if (rows.length === 0) throw new LobError('LOB_BAD_OPTION', `evaluate: no test row could be scored (${Object.entries(skipped).map(([why, count]) => `${why} ${count}`).join(', ')}).`)

  const predictions: PrequentialResult = {
    instrument: frame.instrument, target, classes, horizon, settlingRows: settlingRows / rows.length,
    rows: Int32Array.from(rows), tsLocal: Float64Array.from(rows, (row) => frame.tsLocal[row]!), outcomes: Int32Array.from(outcomes),
    forecasts: names.map((name, m) => ({ name, kind: 'baseline', calls: Int32Array.from(calls[m]!), probabilities: Float32Array.from(probabilities[m]!) })), skipped,
  }
  const chosen = predictions.forecasts.find(({ name }) => name === (options.forecast ?? names[0])) ?? predictions.forecasts[0]!
  const top = topLabel(predictions.outcomes, chosen.probabilities)
  return {
    report: forecastReport(predictions, options),
    folds: reports.map((report, fold) => ({ ...report, scores: foldScores(predictions, foldOf, fold) })),
    reliability: reliabilityBins(top.confidence, top.correct, { bins: 10 }),
    precisionAt: classes.map((name, k) => {
      const order = ranking(Float64Array.from(rows, (_, at) => chosen.probabilities[at * width + k]!))
      const positive = Uint8Array.from(outcomes, (truth) => Number(truth === k))
      return { name, shares: takenShares, precision: takenShares.map((share) => rankedPrecision(positive, order, Math.ceil(share * rows.length))) }
    }),
    predictions,
    foldOf: Int32Array.from(foldOf),
  }
}

function foldScores({ forecasts, outcomes, classes }: PrequentialResult, foldOf: readonly number[], fold: number): FoldScores[] {
  const width = classes.length
  const from = foldOf.indexOf(fold)
  const to = foldOf.lastIndexOf(fold) + 1
  if (from < 0) return []
  const truth = outcomes.subarray(from, to)
  return forecasts.map(({ name, calls, probabilities }) => {
    const matrix = confusionMatrix(truth, calls.subarray(from, to), { classes: width })
    const own = probabilities.subarray(from * width, to * width)
    return {
      model: name, accuracy: accuracy(matrix), macroF1: macroF1(matrix), mcc: matthewsCorrelation(matrix), nll: negativeLogLikelihood(truth, own),
      brier: brierScore(truth, own), rps: rankedProbabilityScore(truth, own),
    }
  })
}
