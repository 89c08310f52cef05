import { integerOption, LobError, type Horizon, type InstrumentId } from '@rxlob/core'
import { percentileInterval, type Interval } from './bootstrap/percentile-interval.js'
import type { BootstrapOptions } from './bootstrap/stationary-blocks.js'
import { forecastDraws, forecastScores, type ForecastScore } from './forecast-scores.js'
import { classScores } from './metrics/classification/class-scores.js'
import { confusionMatrix } from './metrics/classification/confusion-matrix.js'
import { rankedPrecision } from './metrics/classification/precision-at.js'
import { dieboldMariano } from './metrics/comparison/diebold-mariano.js'
import { rankedAveragePrecision } from './metrics/probability/average-precision.js'
import { logLoss } from './metrics/probability/negative-log-likelihood.js'
import { rankedAuc } from './metrics/probability/roc-auc.js'
import { ranking } from './numeric/ranking.js'
import type { Forecast, PrequentialResult } from './prequential.js'

export interface ForecastReportOptions extends Partial<BootstrapOptions> {
  /** Name of the forecast that is reported; the others are what it is compared with. Default the first learner. */
  readonly forecast?: string
  /** Bins of equal width for the calibration error. Default 15. */
  readonly bins?: number
}

/** Scores of one forecast, each with its block-bootstrap interval. */
export type ForecastScores = Readonly<Record<ForecastScore, Interval>>

/** What can be said of one class. Left out where undefined: the class never occurred, or always. */
export interface ClassReport {
  readonly name: string
  /** Share of the rows that were of this class. */
  readonly share: number
  readonly precision: number
  readonly recall: number
  readonly f1: number
  readonly auc?: number
  readonly averagePrecision?: number
  /** Precision among the 1 % and 5 % of rows given the highest probability of this class. */
  readonly precisionAt1Percent: number
  readonly precisionAt5Percent: number
}

/** Another forecast on the same rows, and what was gained on it. */
export interface Comparison extends ForecastScores {
  /** The reported forecast minus this one, resampled in pairs. Below 0 is better for nll, brier and ece. */
  readonly difference: ForecastScores
  /** Diebold-Mariano test of equal log loss, two-sided. Left out where both lose the same on every row. */
  readonly nllPValue?: number
}

/** Plain JSON: numbers, strings, arrays and objects, no NaN. */
export interface ForecastReport extends ForecastScores {
  readonly name: string
  readonly instrument: InstrumentId
  readonly horizon: Horizon
  readonly rows: number
  /** Time of the first and the last scored row. */
  readonly from: number
  readonly to: number
  /** From `scoreFrom` on, not scored: without a label, or without a view of the named forecast. */
  readonly skipped: Readonly<Record<string, number>>
  /** Share of the most frequent class, known only afterwards. */
  readonly majorityShare: number
  readonly classes: readonly ClassReport[]
  /** Rows by true class, then by called class. */
  readonly confusion: readonly (readonly number[])[]
  readonly calibrationBins: number
  readonly bootstrap: Required<BootstrapOptions>
  /** By name. */
  readonly baselines: Readonly<Record<string, Comparison>>
}

/**
 * What a prequential run showed: every score of the reported forecast and of all others on the same rows, with
 * stationary block-bootstrap intervals, and the differences with theirs.
 *
 * Scores: accuracy, macroF1, mcc, balancedAccuracy (ratio), nll (nats), brier (sum over classes, 0 to 2), ece (equal-width bins on the
 * called class). The interval of `ece`, which cannot fall below 0, leans upward. Cost: draws * blocks * (classes^2 + bins) a forecast.
 *
 * @param options.meanBlockRows Default 10 times the rows that a label takes to settle.
 * @param options.draws Default 2000.
 * @throws {LobError} LOB_BAD_OPTION where no forecast has the name, or there are fewer than 5 mean blocks of scored rows.
 */
export function forecastReport(run: PrequentialResult, options: ForecastReportOptions = {}): ForecastReport {
  const chosen = run.forecasts.find(({ name }) => name === (options.forecast ?? run.forecasts[0]?.name))
  if (chosen === undefined) {
    throw new LobError('LOB_BAD_OPTION', `forecastReport: expected one of ${run.forecasts.map(({ name }) => name).join(', ')}, got ${options.forecast}.`)
  }
  const bins = integerOption('bins', options.bins ?? 15, 1)
  const bootstrap = {
    meanBlockRows: options.meanBlockRows ?? Math.max(1, Math.ceil(10 * run.settlingRows)),
    draws: options.draws ?? 2000,
    seed: options.seed ?? 1,
    level: options.level ?? 0.95,
  }
  const own = forecastDraws(run, chosen, bins, bootstrap)
  const ownLosses = lossesOf(run, chosen)
  const intervals = (values: Float64Array, draws: Float64Array): ForecastScores =>
    Object.fromEntries(
      forecastScores.map((score, s) => [score, percentileInterval(values[s]!, draws.filter((_, at) => at % forecastScores.length === s), bootstrap)]),
    ) as Record<ForecastScore, Interval>
  const compare = (other: Forecast): Comparison => {
    const theirs = forecastDraws(run, other, bins, bootstrap)
    const { pValue } = dieboldMariano(ownLosses, lossesOf(run, other), { horizonRows: Math.max(1, Math.ceil(run.settlingRows)) })
    return {
      ...intervals(theirs.values, theirs.draws),
      difference: intervals(
        own.values.map((value, s) => value - theirs.values[s]!),
        own.draws.map((draw, at) => draw - theirs.draws[at]!),
      ),
      ...(!Number.isNaN(pValue) && { nllPValue: pValue }),
    }
  }
  const rows = run.rows.length
  const classes = classReports(run, chosen)
  const width = run.classes.length
  const { counts } = confusionMatrix(run.outcomes, chosen.calls, { classes: width })
  return {
    name: chosen.name,
    instrument: run.instrument,
    horizon: run.horizon,
    rows,
    from: run.tsLocal[0]!,
    to: run.tsLocal[rows - 1]!,
    skipped: run.skipped,
    majorityShare: Math.max(...classes.map(({ share }) => share)),
    classes,
    confusion: run.classes.map((_, truth) => Array.from(counts.subarray(truth * width, (truth + 1) * width))),
    calibrationBins: bins,
    bootstrap,
    ...intervals(own.values, own.draws),
    baselines: Object.fromEntries(run.forecasts.filter((other) => other !== chosen).map((other) => [other.name, compare(other)])),
  }
}

function lossesOf({ outcomes, classes }: PrequentialResult, { probabilities }: Forecast): Float64Array {
  return Float64Array.from(outcomes, (truth, row) => logLoss(probabilities[row * classes.length + truth]!))
}

function classReports({ classes, outcomes }: PrequentialResult, { calls, probabilities }: Forecast): ClassReport[] {
  const width = classes.length
  const rows = outcomes.length
  return classScores(confusionMatrix(outcomes, calls, { classes: width })).map(({ support, precision, recall, f1 }, k) => {
    const positive = Uint8Array.from(outcomes, (truth) => Number(truth === k))
    const scores = Float64Array.from({ length: rows }, (_, row) => probabilities[row * width + k]!)
    // The dear part, done once for four numbers.
    const order = ranking(scores)
    const auc = rankedAuc(positive, scores, order)
    const average = rankedAveragePrecision(positive, scores, order)
    return {
      name: classes[k]!,
      share: support / rows,
      precision,
      recall,
      f1,
      ...(!Number.isNaN(auc) && { auc }),
      ...(!Number.isNaN(average) && { averagePrecision: average }),
      precisionAt1Percent: rankedPrecision(positive, order, Math.ceil(0.01 * rows)),
      precisionAt5Percent: rankedPrecision(positive, order, Math.ceil(0.05 * rows)),
    }
  })
}
