// One quoting strategy here, in hftbacktest and in nautilus_trader, over a LOBSTER day and the Binance futures captures: fills, profit and speed side by side.
// sh scripts/study/install-hftbacktest.sh && sh scripts/study/install-nautilus.sh && RXLOB_DATA=folder npm run study:hftbacktest
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { binanceCapture } from '@rxlob/adapters-binance'
import { backtest, constantLatency, estimateClockOffset, logQueue, noCost, pessimisticQueue, powerQueue, powerQueue2, powerQueue3, type BacktestResult, type QueueModel } from '@rxlob/backtest'
import type { Micros, Source } from '@rxlob/core'
import { inMemory } from './in-memory.ts'
import { benchPython } from './hftbacktest/bench-python.ts'
import { levelDay } from './hftbacktest/level-day.ts'
import { joinedCapture } from './hftbacktest/joined-capture.ts'
import { nautilusLine } from './hftbacktest/nautilus-line.ts'
import { seenRows } from './hftbacktest/seen-rows.ts'
import { wholeBook } from './hftbacktest/whole-book.ts'
import { quoting, type QuotingOptions } from './hftbacktest/quoting.ts'
import { dataFolder, futuresCaptures } from './captures.ts'
import { lobsterDay } from './lobster-day.ts'

interface Reference {
  readonly queue: string
  readonly fills: number
  readonly net: number
  readonly rows: number
  readonly seconds: number
  readonly wallSeconds: number
}

interface Contest {
  readonly name: string
  readonly source: Source
  readonly input: { readonly rows: string } | { readonly capture: string }
  readonly quoting: QuotingOptions
  readonly latencyMicros: Micros
  /** Left out: the receive times of the data. */
  readonly feedMicros?: Micros
}

const python = process.env['RXLOB_PYTHON'] ?? benchPython('hftbacktest')
const script = fileURLToPath(new URL('hftbacktest/reference.py', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'rxlob-'))

/**
 * hftbacktest's log model to the letter: sizes in base units, and where the logarithm of a place beyond the front is not defined, the order goes to
 * the tail of its level (ours leaves it at the front). With this the fills are the same: unit and rule are the whole of the difference.
 */
const logQueueOfTheirs = (unitLots: number): QueueModel => {
  const ours = logQueue({ unitLots })
  return {
    ...ours,
    name: 'log, to the letter',
    depth: (state, before, after) => {
      const undefinedThere = state.ahead < -unitLots && before - after - state.traded >= 0
      ours.depth(state, before, after)
      if (undefinedThere) state.ahead = after
    },
  }
}

function reference(contest: Contest, firstMicros: Micros, instrument: BacktestResult['instruments'][number]): Reference[] {
  const { lotSize, tickSize, multiplier, contract } = instrument
  const unit = 'rows' in contest.input ? { tickSize: 1, lotSize: 1, contractSize: 1, scale: tickSize * lotSize } : { tickSize, lotSize, contractSize: multiplier, scale: 1 }
  const task = {
    ...contest.input, tickSize: unit.tickSize, lotSize: unit.lotSize, contractSize: unit.contractSize, inverse: contract === 'inverse', firstMicros, stepMicros: contest.quoting.everyMicros,
    quantity: contest.quoting.lots * unit.lotSize, maxQuantity: contest.quoting.maxPositionLots * unit.lotSize, latencyMicros: contest.latencyMicros,
  }
  const { stdout, stderr, status } = spawnSync(python, [script, JSON.stringify(task)], { encoding: 'utf8', maxBuffer: 2 ** 24 })
  if (status !== 0) throw new Error(`${python}: ${stderr}\nInstall it: sh scripts/study/install-hftbacktest.sh`)
  return stdout.trim().split('\n').map((line) => JSON.parse(line) as Reference).map((each) => ({ ...each, net: each.net * unit.scale }))
}

async function run(contest: Contest, queue: QueueModel, offset: Micros, onFirst?: (ts: Micros) => void): Promise<BacktestResult> {
  const { source, latencyMicros, feedMicros } = contest
  return backtest({
    source, queue, cost: noCost(), sessionEnd: 'carry', clockOffsetMicros: offset,
    strategy: quoting({ ...contest.quoting, ...(onFirst !== undefined && { onFirst }) }),
    latency: constantLatency({ micros: latencyMicros, ...(feedMicros !== undefined && { feedMicros }) }),
  })
}

async function hold(contest: Contest): Promise<void> {
  const offset = contest.feedMicros === undefined ? await estimateClockOffset(contest.source) : 0
  let first = NaN
  const { instruments, counts, currency } = await run(contest, pessimisticQueue(), offset, (ts) => (first = ts))
  const references = reference(contest, first, instruments[0]!)
  console.log(`\n${contest.name}: ${counts.events.toLocaleString('en')} events here, ${references[0]!.rows.toLocaleString('en')} rows there; clock set forward by ${offset} us`)
  console.log(`queue                fills: ours  theirs   net, ${currency.padEnd(4)}: ours      theirs  difference   CPU s: ours  theirs  M events/s: ours  theirs  their time / ours`)
  const queues = [pessimisticQueue(), powerQueue(), powerQueue2(), powerQueue3(), logQueue(), logQueueOfTheirs(1 / ('rows' in contest.input ? 1 : instruments[0]!.lotSize))]
  const times = queues.map(() => Infinity)
  const results: BacktestResult[] = []
  // In turn, for the processor has faster and slower minutes, and each time with another one first: garbage of one is collected in the time of the next.
  for (let round = 0; round < 25; round++) {
    for (let turn = 0; turn < queues.length; turn++) {
      const at = (turn + 5 * round) % queues.length
      const queue = queues[at]!
      const before = process.cpuUsage()
      results[at] = await run(contest, queue, offset)
      if (round > 0) times[at] = Math.min(times[at]!, process.cpuUsage(before).user / 1e6)
    }
  }
  for (const [at, queue] of queues.entries()) {
    const theirs = references.find((each) => each.queue === queue.name.split(',')[0])!
    const best = times[at]!
    const { fills, profitAndLoss: { net } } = results[at]!
    const apart = theirs.net === 0 ? 0 : (net - theirs.net) / Math.abs(theirs.net)
    console.log([
      queue.name.padEnd(16), String(fills.length).padStart(16), String(theirs.fills).padStart(8), net.toFixed(6).padStart(18), theirs.net.toFixed(6).padStart(12), `${(100 * apart).toFixed(2)} %`.padStart(12),
      best.toFixed(4).padStart(14), theirs.seconds.toFixed(4).padStart(8), (counts.events / best / 1e6).toFixed(2).padStart(17), (counts.events / theirs.seconds / 1e6).toFixed(2).padStart(8), (theirs.seconds / best).toFixed(2).padStart(19),
    ].join(''))
  }
  const market = 'rows' in contest.input ? { rows: contest.input.rows, shiftMicros: contest.feedMicros!, feedMicros: contest.feedMicros! } : await seenMarket(contest.source, offset)
  console.log(nautilusLine({ ...market, firstMicros: first, quoting: contest.quoting, latencyMicros: contest.latencyMicros, instrument: instruments[0]!, currency, events: counts.events, ourSeconds: times }))
}

async function seenMarket(source: Source, offset: Micros): Promise<{ readonly rows: string; readonly shiftMicros: Micros; readonly feedMicros: Micros }> {
  const { rows, feedMicros } = await seenRows(source, offset)
  const file = join(folder, 'seen.f64')
  writeFileSync(file, Buffer.from(rows.buffer))
  return { rows: file, shiftMicros: 0, feedMicros }
}

console.log('Fills and profit of one strategy, one order a side at the best prices; CPU seconds are the best of 24 on both sides, in turn, after one round that compiles.')
const wanted = process.argv[2] ?? ''
if ('GOOG'.includes(wanted)) {
  const day = await levelDay(lobsterDay('GOOG'))
  const rows = join(folder, 'rows.f64')
  writeFileSync(rows, Buffer.from(day.rows.buffer))
  await hold({ name: 'GOOG 2012-06-21, levels', source: day.source, input: { rows }, quoting: { everyMicros: 1_000_000, lots: 1, maxPositionLots: 20 }, latencyMicros: 500, feedMicros: 10 })
}
for (const capture of futuresCaptures(dataFolder()).filter(({ name }) => name.includes(wanted))) {
  const source = await inMemory(wholeBook(binanceCapture({ ...capture.options, checkQuotes: false })))
  await hold({ name: capture.name, source, input: { capture: joinedCapture(capture.options.files, folder) }, quoting: { everyMicros: 100_000, lots: 1, maxPositionLots: 20 }, latencyMicros: 5000 })
}
rmSync(folder, { recursive: true })
