import {
  collectFrame, depthImbalance, everyQuote, fitMoveThreshold, inputOf, midMove, midPrice, ofi, queueImbalance, realizedVolatility, rollingOfi, spread, tradeFlowImbalance,
  type Feature, type LabelledFrame, type Source,
} from '@rxlob/core'
import { forecastReport, imbalanceLogistic, lastMove, majorityClass, ofiSign, persistence, prequential, type ForecastReport, type PrequentialResult } from '@rxlob/evaluation'
import { bayesianLogistic } from '@rxlob/models/bayes'

/** What the learner reads. Change these lines to try features of your own. */
const learnerFeatures = (levels: number): readonly Feature[] => [
  queueImbalance(),
  depthImbalance({ levels: Math.min(5, levels) }),
  spread(),
  rollingOfi({ micros: 1_000_000 }),
  rollingOfi({ micros: 10_000_000 }),
  tradeFlowImbalance({ micros: 10_000_000 }),
  realizedVolatility({ micros: 60_000_000 }),
]

/** Part of the rows that fits the threshold, the scaling and the baselines, and is never scored. */
const trainingShare = 0.2

export interface ForecastStudy {
  readonly frame: LabelledFrame
  /** Names of the columns that the learner reads. */
  readonly columns: readonly string[]
  readonly thresholdTicks: number
  readonly trainingRows: number
  readonly run: PrequentialResult
  readonly report: ForecastReport
}

/** An online forecaster of the mid's next move, and everything it has to beat, on the same rows. */
export async function studyForecast(source: Source, { levels, horizonRows }: { levels: number; horizonRows: number }, onProgress: (share: number) => void): Promise<ForecastStudy> {
  const sample = everyQuote()
  const list = learnerFeatures(levels)

  // The dead zone of "flat" comes from the training rows alone, and stays as it is.
  const moves = await collectFrame(source, [midPrice()], { sample, labelers: { move: midMove({ rows: horizonRows, kind: 'value' }) } })
  const trainingRows = Math.floor(moves.length * trainingShare)
  const fitted = fitMoveThreshold(moves.targets['move']!.subarray(0, trainingRows - horizonRows), {
    unit: 'ticks',
    instrument: moves.instrument,
    from: moves.tsLocal[0]!,
    to: moves.tsLocal[trainingRows - 1]!,
  })
  // Rows of the same microsecond as the last training row are not scored either.
  const scoreFrom = moves.tsLocal.findIndex((tsLocal) => tsLocal > fitted.to)
  if (scoreFrom < 0) throw new Error(`${moves.length} rows are too few for a forecast: take a longer session.`)
  onProgress(0.1)

  const labeler = midMove({ rows: horizonRows, thresholdTicks: fitted })
  const frame = await collectFrame(source, [...list, midPrice(), ofi()], { sample, labelers: { move: labeler } })
  onProgress(0.25)
  const learner = bayesianLogistic({ input: inputOf(list, { length: 1, sample }), output: labeler.output })
  const run = prequential({
    frame,
    target: 'move',
    learners: [learner],
    baselines: [
      majorityClass(),
      lastMove(),
      persistence({ rows: horizonRows }),
      ofiSign({ column: 'rolling_ofi_1_10s' }),
      imbalanceLogistic({ refitRows: 5000 }),
      imbalanceLogistic({ name: 'logistic_of_all_features', columns: learner.input.columns, refitRows: 5000 }),
    ],
    scoreFrom,
    fitted: [fitted],
    onProgress: (done, rows) => onProgress(0.25 + (0.6 * done) / rows),
  })
  return { frame, columns: learner.input.columns, thresholdTicks: fitted.parameters.threshold, trainingRows, run, report: forecastReport(run, { draws: 1000 }) }
}
