import { backtestReport, bookPicture, type BacktestResult, type QueueTruth } from '@rxlob/backtest'
import { collectFrame, everyQuote, inputOf, midMove, queueImbalance, rollingOfi, spread, type Source } from '@rxlob/core'
import { evaluate, imbalanceLogistic, majorityClass, walkForward, type Evaluation } from '@rxlob/evaluation'
import type { DataSource } from '@rxlob/plots'
import { latencies, type Grid } from './grid.ts'

const horizonRows = 20
const features = [queueImbalance(), spread(), rollingOfi({ micros: 1_000_000 }), rollingOfi({ micros: 10_000_000 })]

/** Where the mid will be twenty quotes on, in five folds: a logistic regression against the imbalance alone and the most frequent class. */
export async function forecast(source: Source): Promise<Evaluation> {
  const sample = everyQuote()
  const labeler = midMove({ rows: horizonRows })
  if (labeler.output.kind !== 'classes') throw new Error('expected classes')
  const { classes, horizon } = labeler.output
  const frame = await collectFrame(source, features, { sample, labelers: { move: labeler } })
  const { columns } = inputOf(features, { length: 1, sample })
  return evaluate({
    frame, target: 'move', classes, horizon, models: [imbalanceLogistic({ name: 'logistic', columns }), imbalanceLogistic(), majorityClass()], draws: 300,
    folds: walkForward({ rows: frame.length, horizonRows, embargoRows: 100, train: 'rolling', trainRows: Math.floor(frame.length / 3) }),
  })
}

/** Every forecast that was made, out of sample. */
export function predictionsCsv({ predictions: { rows, tsLocal, outcomes, forecasts, classes }, foldOf }: Evaluation): string {
  const [{ probabilities }] = forecasts as [(typeof forecasts)[number]]
  const lines = Array.from(rows, (row, at) => [row, tsLocal[at], foldOf[at]! + 1, classes[outcomes[at]!], ...classes.map((_, k) => probabilities[at * classes.length + k]!.toFixed(5))].join(','))
  return `${['row', 'ts_micros', 'fold', 'outcome', ...classes.map((name) => `p_${name}`)].join(',')}\n${lines.join('\n')}\n`
}

export interface ReportInput {
  readonly source: Source
  readonly grid: Grid
  readonly evaluation: Evaluation
  readonly truths: readonly QueueTruth[]
  readonly data: DataSource
}

/** The page that people look at: the market maker at 1 ms, and all else that was found. */
export async function report({ source, grid: { shown, cells, long, runs }, evaluation, truths, data }: ReportInput): Promise<string> {
  const grids = [...new Set(cells.map(({ strategy }) => strategy))].map((name) => {
    const own = cells.filter(({ strategy }) => strategy === name)
    return { name, latencies: latencies.map((millis) => `${millis} ms`), fees: [...new Set(own.map(({ fees }) => fees.name))], net: own.map(({ net }) => net), low: own.map(({ low }) => low), high: own.map(({ high }) => high), decimals: Math.max(...own.map(({ net }) => Math.abs(net))) < 100 ? 3 : 0 }
  })
  const others: BacktestResult[] = [long]
  const middle = shown.from + (shown.to - shown.from) / 2
  return backtestReport(shown, {
    data, others, evaluation, grids, trials: runs, book: await bookPicture(source, { from: middle, to: middle + Math.min(120e6, (shown.to - shown.from) / 4) }), ...(truths.length > 0 && { queues: truths }),
    footer: 'Made by npm run study:backtest.',
  })
}
