// Replays every recorded Binance and Coinbase capture through its adapter and prints what it found.
// npm run verify:captures [-- --data DIR]
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { binanceCaptures } from './verify-captures/binance-captures.ts'
import { coinbaseCaptures } from './verify-captures/coinbase-captures.ts'
import { verifyBinance, type CaptureReport } from './verify-captures/verify-binance.ts'
import { verifyCoinbase } from './verify-captures/verify-coinbase.ts'

const { values } = parseArgs({ options: { data: { type: 'string' }, verbose: { type: 'boolean', default: false } } })
const data = resolve(values.data ?? process.env['RXLOB_DATA'] ?? '../shared/data')
if (!existsSync(`${data}/binance`)) {
  console.error(`No captures at ${data}: give the folder that holds binance/ with --data DIR or in RXLOB_DATA.`)
  process.exit(1)
}

const columns = ['capture', 'messages', 'depth', 'applied', 'gaps', 'crossed', 'compared', 'mismatches', 'bad', 'book'] as const
const widths = [34, 9, 7, 9, 5, 8, 9, 11, 4, 0]
const row = (cells: readonly unknown[]): string => cells.map((cell, at) => (at === 0 || at === 9 ? String(cell).padEnd(widths[at]!) : String(cell).padStart(widths[at]!))).join(' ')
const bookOf = ({ snapshots, symbols }: Pick<CaptureReport, 'snapshots' | 'symbols'>): string =>
  snapshots === 0 ? 'no snapshot: chain checked only' : snapshots < symbols ? `${snapshots} snapshots for ${symbols} symbols` : `live, ${symbols} symbol${symbols > 1 ? 's' : ''}`

console.log(row(columns))
let failed = 0
let total = 0
for (const capture of await binanceCaptures(data)) {
  const report = await verifyBinance(capture)
  const { counts, chainGaps } = report
  const gaps = chainGaps + counts.gaps
  const wrong = gaps + counts.crossed + counts.quoteMismatches + counts.badMessages + counts.resyncs
  if (wrong > 0) failed++
  total += counts.frames
  console.log(row([report.name, counts.frames, report.depth, counts.applied, gaps, counts.crossed, counts.quotesCompared, counts.quoteMismatches, counts.badMessages, bookOf(report)]))
  if (values.verbose) console.log(`  ${JSON.stringify({ ...counts, events: report.events, seconds: Number(report.seconds.toFixed(2)) })}`)
}
if (existsSync(`${data}/coinbase`)) {
  console.log(`\n${row(columns.map((name) => (name === 'capture' ? 'capture (Coinbase)' : name)))}`)
  for (const capture of await coinbaseCaptures(data)) {
    const report = await verifyCoinbase(capture)
    const { counts, chainGaps, compared, mismatches } = report
    const gaps = chainGaps + counts.gaps
    const wrong = gaps + counts.crossed + mismatches + counts.badMessages + counts.resyncs
    if (wrong > 0 || counts.snapshots < report.symbols) failed++
    total += counts.frames
    console.log(row([report.name, counts.frames, report.depth, counts.applied, gaps, counts.crossed, compared, mismatches, counts.badMessages, bookOf(report)]))
    if (values.verbose) console.log(`  ${JSON.stringify({ ...counts, events: report.events, seconds: Number(report.seconds.toFixed(2)) })}`)
  }
}
console.log(`\n${total} messages; ${failed === 0 ? 'every capture holds' : `${failed} captures do not hold`}`)
process.exitCode = failed === 0 ? 0 : 1
