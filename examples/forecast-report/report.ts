import { isoTime } from '@rxlob/core'
import { htmlReport, type ReportSection } from '@rxlob/plots'
import type { ReportFigures } from './figures.ts'
import { words } from './findings.ts'
import type { Results } from './results.ts'

/** The page: what was found in words, then the numbers and the pictures they come from. */
export function reportPage(results: Results, figures: ReportFigures, summary: string, features: readonly FeatureSummary[], command: string): string {
  const { data, book, ofi, forecast, timing } = results
  const number = (name: string, decimals?: number) => ({ name, align: 'number' as const, ...(decimals !== undefined && { decimals }) })
  const sections: ReportSection[] = [
    { heading: 'What was found', blocks: [{ kind: 'text', text: summary }] },
    {
      heading: 'Data',
      blocks: [
        {
          kind: 'facts',
          facts: [
            ['Data', data.name],
            ['Period', data.period],
            ['First and last event', `${isoTime(data.from)} to ${isoTime(data.to)}`],
            ['Messages', data.rows.toLocaleString('en')],
            ['Levels', data.levels],
            ...Object.entries(data.sha256).map(([kind, hash]) => [`SHA-256 of the ${kind}`, hash] as const),
          ],
        },
      ],
    },
    {
      heading: 'The book',
      blocks: [
        ...figures.books.map((figure) => ({ kind: 'figure' as const, figure })),
        { kind: 'facts', facts: bookFacts(book) },
      ],
    },
    {
      heading: 'Order flow and price moves',
      blocks: [
        { kind: 'figure', figure: figures.flow },
        { kind: 'figure', figure: figures.fits },
        {
          kind: 'table',
          caption: 'R² of the mid move (ticks) on each flow of the same window: OFI of the best level and its slope in ticks a share, log-OFI, trade imbalance, size-increase imbalance, OFI of all levels in sample and out (fitted on the first half, scored on the second), and OFI against the move of the next window.',
          columns: [{ name: 'Window' }, number('OFI', 4), number('slope', 6), number('log-OFI', 4), number('trades', 4), number('increases', 4), number('levels', 4), number('out', 4), number('next', 4)],
          rows: Object.entries(ofi).map(([window, fits]) => [window, fits.ofi.r2, fits.ofi.slope, fits.logOfi.r2, fits.tradeImbalance.r2, fits.sizeIncrease.r2, fits.integrated.r2, fits.integrated.out, fits.nextWindow.r2]),
        },
        { kind: 'figure', figure: figures.outOfSample },
      ],
    },
    {
      heading: 'Features',
      blocks: [
        { kind: 'figure', figure: figures.correlation },
        {
          kind: 'table',
          caption: 'What the learner reads, over the sampled rows (every change of the best quotes).',
          columns: [{ name: 'Feature' }, { name: 'Unit' }, number('mean'), number('deviation'), number('lowest'), number('highest'), number('undefined rows', 0)],
          rows: features.map(({ name, unit, mean, deviation, low, high, undefinedRows }) => [words(name), unit, mean, deviation, low, high, undefinedRows]),
        },
      ],
    },
    {
      heading: 'Forecast',
      blocks: [
        {
          kind: 'text',
          text: `A Bayesian logistic regression that learns online calls the move of the mid over the next ${forecast.horizon.rows} changes of the best quotes: down, flat (at most ${forecast.thresholdTicks} ticks, the tercile of the first ${forecast.trainingRows.toLocaleString('en')} rows) or up. Every row is predicted before its outcome is known and learned once it is. The training rows are never scored; all forecasters are scored on the same rows. Intervals come from a stationary block bootstrap.`,
        },
        { kind: 'figure', figure: figures.accuracy },
        {
          kind: 'table',
          caption: `Scores on the same ${forecast.rows.toLocaleString('en')} rows, with the 95 % interval of the accuracy.`,
          columns: [{ name: 'Forecaster' }, number('accuracy', 4), number('low', 4), number('high', 4), number('macro-F1', 4), number('MCC', 4), number('log loss', 4), number('Brier', 4), number('ECE', 4)],
          rows: [[forecast.name, forecast] as const, ...Object.entries(forecast.baselines)].map(([name, { accuracy, macroF1, mcc, nll, brier, ece }]) => [
            words(name), accuracy.value, accuracy.low, accuracy.high, macroF1.value, mcc.value, nll.value, brier.value, ece.value,
          ]),
        },
        {
          kind: 'table',
          caption: 'The learner less each baseline, resampled in pairs, with 95 % intervals. Above 0 is better for accuracy, below 0 for log loss; p is of the Diebold-Mariano test of equal log loss.',
          columns: [{ name: 'Baseline' }, number('accuracy', 4), number('low', 4), number('high', 4), number('log loss', 4), number('low', 4), number('high', 4), number('p', 4)],
          rows: Object.entries(forecast.baselines).map(([name, { difference, nllPValue }]) => [
            words(name), difference.accuracy.value, difference.accuracy.low, difference.accuracy.high, difference.nll.value, difference.nll.low, difference.nll.high, nllPValue ?? NaN,
          ]),
        },
        { kind: 'figure', figure: figures.accuracyOverTime },
        { kind: 'figure', figure: figures.confusion },
        { kind: 'figure', figure: figures.reliability },
      ],
    },
  ]
  return htmlReport({
    title: `Order book, flow and forecast: ${data.name}`,
    subtitle: data.period,
    synthetic: data.synthetic,
    sections,
    footer: `${command} · ${timing.events.toLocaleString('en')} messages in ${timing.seconds.toFixed(1)} s, ${Math.round(timing.eventsPerSecond).toLocaleString('en')} a second through book and features, peak memory ${timing.peakRssMb.toFixed(0)} MB`,
  })
}

/** One column of the learner over the rows it was given. */
export interface FeatureSummary {
  readonly name: string
  readonly unit: string
  readonly mean: number
  readonly deviation: number
  readonly low: number
  readonly high: number
  readonly undefinedRows: number
}

function bookFacts(book: Results['book']): (readonly [string, string | number])[] {
  const facts: (readonly [string, string | number])[] = [
    ['Mean spread, weighted by time', `${book.meanSpreadTicks.toFixed(2)} ticks`],
    ['Trades', `${book.trades.toLocaleString('en')} of ${book.tradedLots.toLocaleString('en')} lots`],
    ['Events that left the book crossed or locked', book.crossed],
    ['Levels that came into view at the far end', book.scrolledIn],
    ['Changes to orders never seen before', book.unseenOrderIds],
  ]
  if (book.mismatches !== undefined) facts.push(['Rows where the book is not the row of the file', book.mismatches])
  if (book.messageMismatches !== undefined) facts.push(['Rows that are not the row before changed by their message', book.messageMismatches])
  return facts
}
