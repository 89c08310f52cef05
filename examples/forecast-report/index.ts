// From a day of order-book data to a forecast and a report. `node index.ts --help`
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { collectFrame, columnOf, LobError } from '@rxlob/core'
import { help, readArguments, type Arguments } from './arguments.ts'
import { summariseBook } from './book-summary.ts'
import { drawFigures } from './figures.ts'
import { findings } from './findings.ts'
import { studyForecast, type ForecastStudy } from './forecast.ts'
import { openMarketData } from './market-data.ts'
import { studyFeatures, studyOfi } from './ofi-study.ts'
import { progressBar } from './progress.ts'
import { reportPage, type FeatureSummary } from './report.ts'
import type { Results } from './results.ts'
import { printResults } from './terminal.ts'

const session = 6.5 * 3600e6
/** The close look at the book: ten minutes, half an hour after the start. */
const zoomAfter = 1800e6
const zoomMicros = 600e6

async function run(options: Arguments): Promise<void> {
  const started = performance.now()
  const progress = progressBar(process.stderr)
  const { source, about, symbol, timeZone, levels, horizonRows, hashes, audit, origin } = await openMarketData(options)

  if (audit !== undefined) progress.step('Checking every row of the book')
  const audited = await audit?.()

  progress.step('Book')
  const book = await summariseBook(source, { levels, zoomFrom: origin + zoomAfter, zoomTo: origin + zoomAfter + zoomMicros }, (tsLocal) => progress.at((tsLocal - origin) / session))

  progress.step('Order flow')
  const streaming = performance.now()
  const frame = await collectFrame(source, studyFeatures(levels), { onProgress: (rows) => progress.at(rows / book.events, `${rows} rows`) })
  const streamed = (performance.now() - streaming) / 1000
  const opening = frame.length - book.events
  const windows = studyOfi(frame, { tickSize: book.tickSize, origin: origin, skipRows: opening + 1 })

  progress.step('Forecast')
  const study = await studyForecast(source, { levels, horizonRows }, (share) => progress.at(share))

  progress.step('Report')
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' })
  const period = `${day.format(book.from / 1000)}, ${clock.format(book.from / 1000)} to ${clock.format(book.to / 1000)} ${timeZone.split('/')[1]!.replace('_', ' ')}`
  const data = { ...about, period }
  const figures = drawFigures(data, timeZone, book, windows, study)
  const results: Results = {
    data: { name: about.name, symbol, period, synthetic: about.synthetic, levels, rows: book.events, sha256: await hashes(audited), from: book.from, to: book.to },
    book: {
      ...(audited !== undefined && { mismatches: audited.mismatches, messageMismatches: audited.messageMismatches }),
      unseenOrderIds: audited?.unseenOrderIds ?? book.counts.unseenOrders,
      scrolledIn: book.counts.scrolledIn,
      crossed: book.crossed,
      meanSpreadTicks: book.meanSpreadTicks,
      trades: book.trades,
      tradedLots: book.tradedLots,
    },
    ofi: Object.fromEntries(windows.map(({ fits }) => [`${fits.seconds}s`, fits])),
    forecast: { ...study.report, horizon: { rows: horizonRows }, classes: study.run.classes, perClass: study.report.classes, thresholdTicks: study.thresholdTicks, trainingRows: study.trainingRows },
    timing: { events: book.events, seconds: (performance.now() - started) / 1000, eventsPerSecond: book.events / streamed, peakRssMb: process.resourceUsage().maxRSS / 1024 },
  }
  const summary = findings(about.name, period, about.synthetic, windows, study)
  const page = reportPage(results, figures, summary, featureSummaries(study), ['npm run demo', ...(process.argv.length > 2 ? ['--', ...process.argv.slice(2)] : [])].join(' '))
  const path = join(options.out, 'index.html')
  await mkdir(options.out, { recursive: true })
  await writeFile(path, page)
  if (options.json !== undefined) {
    await mkdir(dirname(options.json), { recursive: true })
    await writeFile(options.json, `${JSON.stringify(results, undefined, 2)}\n`)
  }
  progress.done()
  printResults(results, summary, relative(process.cwd(), path))
}

function featureSummaries({ frame, columns }: ForecastStudy): FeatureSummary[] {
  return columns.map((name) => {
    const values = columnOf(frame, name)
    const defined = values.filter((value) => !Number.isNaN(value))
    const mean = defined.reduce((sum, value) => sum + value, 0) / defined.length
    const deviation = Math.sqrt(defined.reduce((sum, value) => sum + (value - mean) ** 2, 0) / defined.length)
    const unit = frame.columns.find((column) => column.name === name)!.unit
    return { name, unit, mean, deviation, low: defined.reduce((a, b) => Math.min(a, b), Infinity), high: defined.reduce((a, b) => Math.max(a, b), -Infinity), undefinedRows: values.length - defined.length }
  })
}

try {
  const options = readArguments(process.argv.slice(2))
  if (options === undefined) console.log(help)
  else await run(options)
} catch (error) {
  const place = error instanceof LobError ? Object.entries(error.where).map(([name, value]) => `${name} ${value}`).join(', ') : ''
  console.error(`\n${error instanceof LobError ? `${error.code}: ` : ''}${error instanceof Error ? error.message : String(error)}${place === '' ? '' : `\n  at ${place}`}`)
  process.exitCode = 1
}
