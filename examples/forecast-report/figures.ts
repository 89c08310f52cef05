import { columnOf } from '@rxlob/core'
import { confusionMatrix as countConfusion, pearsonCorrelation, reliabilityBins, topLabel } from '@rxlob/evaluation'
import {
  barFigure, bookHeatmap, confusionMatrix, correlationHeatmap, cumulativeAccuracy, flowVersusMove, intervalBars, predictedVsActual, reliabilityDiagram,
  type DataSource, type Figure,
} from '@rxlob/plots'
import type { BookSummary } from './book-summary.ts'
import { words } from './findings.ts'
import type { ForecastStudy } from './forecast.ts'
import type { WindowStudy } from './ofi-study.ts'

export interface ReportFigures {
  /** The whole period and a close look; one of them, or none, where there was nothing to see. */
  readonly books: readonly Figure[]
  readonly flow: Figure
  readonly fits: Figure
  readonly outOfSample: Figure
  readonly correlation: Figure
  readonly accuracy: Figure
  readonly accuracyOverTime: Figure
  readonly confusion: Figure
  readonly reliability: Figure
}

/** Every picture of the report. */
export function drawFigures(data: DataSource, timeZone: string, book: BookSummary, windows: readonly WindowStudy[], study: ForecastStudy): ReportFigures {
  const fits = windows.map((window) => window.fits)
  const ten = windows.find(({ fits }) => fits.seconds === 10)!
  const { run, report } = study
  const classes = run.classes
  const learner = run.forecasts[0]!
  const counts = countConfusion(run.outcomes, learner.calls, { classes: classes.length }).counts
  const { confidence, correct } = topLabel(run.outcomes, learner.probabilities)
  const bins = reliabilityBins(confidence, correct, { bins: 10 })
  const ranked = [[report.name, report] as const, ...Object.entries(report.baselines)].sort(([, a], [, b]) => b.accuracy.value - a.accuracy.value)
  const columns = study.columns.map((name) => columnOf(study.frame, name))
  const minute = windows.find(({ fits }) => fits.seconds === 60)!
  const half = Math.floor(minute.moves.length / 2)
  const predicted = minute.forecast.subarray(half)
  return {
    books: [book.heatmap, book.heatmapZoom].flatMap((values, n) =>
      values === undefined ? [] : [bookHeatmap(values, { data, timeZone, priceUnit: 'USD', sizeUnit: 'shares', ...(n === 1 && { title: 'Ten minutes of it' }) })],
    ),
    flow: flowVersusMove({ flow: ten.flows, move: ten.moves }, { data, flowName: 'Order-flow imbalance, best level', flowUnit: 'shares', moveName: 'Mid move', moveUnit: 'ticks', window: '10 s' }),
    fits: barFigure(
      {
        groups: fits.map(({ seconds }) => `${seconds} s`),
        series: [
          { name: 'OFI, best level', values: fits.map(({ ofi }) => ofi.r2) },
          { name: 'log-OFI', values: fits.map(({ logOfi }) => logOfi.r2) },
          { name: 'OFI, all levels', values: fits.map(({ integrated }) => integrated.r2) },
          { name: 'trade imbalance', values: fits.map(({ tradeImbalance }) => tradeImbalance.r2) },
          { name: 'size increases', values: fits.map(({ sizeIncrease }) => sizeIncrease.r2) },
          { name: 'OFI, next window', values: fits.map(({ nextWindow }) => nextWindow.r2) },
        ],
      },
      { data, title: 'How much of the mid move each flow explains', yTitle: 'R² of the mid move in the same window', xTitle: 'Window', note: 'In sample; "next window" sets the flow against the move that follows.' },
    ),
    outOfSample: predictedVsActual(
      {
        times: minute.tsStart.subarray(half),
        predicted,
        actual: minute.moves.subarray(half),
        low: predicted.map((move) => move - 1.96 * minute.residual),
        high: predicted.map((move) => move + 1.96 * minute.residual),
      },
      {
        data, timeZone, title: 'Mid move from the flow of all levels, second half', quantity: 'Mid move in 60 s (ticks)', intervalName: '95 % interval',
        note: `Weights, line and interval were fitted on the first half; out-of-sample R² ${minute.fits.integrated.out.toFixed(3)}. The flow is of the same minute: this explains, it does not predict.`,
      },
    ),
    correlation: correlationHeatmap(
      { names: study.columns.map(words), correlations: columns.flatMap((a) => columns.map((b) => pearsonCorrelation(a, b))) },
      { data, title: 'Correlation of the features', measure: 'Pearson correlation' },
    ),
    accuracy: intervalBars(
      { names: ranked.map(([name]) => words(name)), values: ranked.map(([, { accuracy }]) => accuracy.value), low: ranked.map(([, { accuracy }]) => accuracy.low), high: ranked.map(([, { accuracy }]) => accuracy.high) },
      { data, title: 'Accuracy of every forecaster on the same rows', xTitle: 'Accuracy', emphasized: [words(report.name)], intervalName: '95 % block-bootstrap interval', reference: { value: report.majorityShare, label: 'most frequent class' } },
    ),
    accuracyOverTime: cumulativeAccuracy(
      { times: run.tsLocal, forecasters: run.forecasts.map(({ name, calls }) => ({ name: words(name), correct: calls.map((call, row) => (call === run.outcomes[row] ? 1 : 0)) })) },
      { data, timeZone },
    ),
    confusion: confusionMatrix({ classes, counts }, { data, title: 'What the learner called, and what came' }),
    reliability: reliabilityDiagram(
      [{ name: words(report.name), predicted: bins.map(({ confidence }) => confidence), observed: bins.map(({ accuracy }) => accuracy), counts: bins.map(({ rows }) => rows) }],
      { data, title: 'Does 60 % mean 60 %?' },
    ),
  }
}
