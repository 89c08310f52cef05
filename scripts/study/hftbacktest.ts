// Runs one quoting strategy over a LOBSTER day here and in hftbacktest, and sets fills, profit and speed side by side:
// RXLOB_DATA=folder RXLOB_PYTHON=python-with-hftbacktest node scripts/study/hftbacktest.ts
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { backtest, constantLatency, logQueue, noCost, pessimisticQueue, powerQueue, powerQueue2, powerQueue3 } from '@rxlob/backtest'
import { BookTracker, Op, RowFlag, type BookView, type EventBatch, type Source, type Strategy } from '@rxlob/core'
import { lobsterDay } from './lobster-day.ts'

interface Reference {
  readonly queue: string
  readonly fills: number
  readonly netTicks: number
  readonly position: number
  readonly seconds: number
}

/** Batches in memory, hidden trades as prints off the book: hftbacktest knows no hidden ones. */
async function loaded(source: Source): Promise<EventBatch[]> {
  const batches: EventBatch[] = []
  for await (const batch of source.batches!()) {
    for (let row = 0; row < batch.length; row++) if (batch.op[row] === Op.trade) batch.flags[row]! |= RowFlag.offBook
    batches.push(batch)
  }
  return batches
}

/** Rows of five: 1 for a trade or 0 for a level, 1 for a buyer or bid, microseconds, ticks, lots. */
function eventRows(batches: readonly EventBatch[]): Float64Array {
  const rows: number[] = []
  const tracker = new BookTracker(batches[0]!.instrument, batches[0]!.levels)
  for (const batch of batches) {
    for (let row = 0; row < batch.length; ) {
      const ts = batch.tsExchange[row]!
      if (batch.op[row] === Op.fill) rows.push(1, batch.flags[row]! & RowFlag.sell ? 1 : 0, ts, batch.ticks[row]!, batch.lots[row]!)
      row = tracker.applyRows(batch, row)
      const { changes } = tracker
      for (let at = 0; at < changes.length; at++) rows.push(0, changes.side(at) === 1 ? 1 : 0, ts, changes.ticks(at), changes.lotsAfter(at))
    }
  }
  return Float64Array.from(rows)
}

/** Once a second: one share at each best price, moved when it is there no more, 20 shares of position at the most. */
function quoting(): Strategy {
  const live = new Map<number, { readonly side: 'buy' | 'sell'; readonly ticks: number; leaving: boolean }>()
  let book: BookView | undefined
  let id: `${string}:${string}` = 'nasdaq:'
  return {
    name: 'quoting',
    timerMicros: 1_000_000,
    init: () => undefined,
    onTick: (_, tick) => {
      book = tick.book
      id = tick.instrument.id
    },
    onOrder: (_, { orderId, status, reason }) => {
      if (reason !== 'unknown-order' && ['filled', 'cancelled', 'expired', 'rejected'].includes(status)) live.delete(orderId)
    },
    onTimer: (_, __, orders) => {
      if (book === undefined) return
      const best = { buy: book.bidTicks(0), sell: book.askTicks(0) }
      const has = { buy: false, sell: false }
      for (const [orderId, order] of live) {
        has[order.side] = true
        if (order.ticks === best[order.side] || order.leaving) continue
        orders.cancel(orderId)
        order.leaving = true
      }
      for (const side of ['buy', 'sell'] as const) {
        if (has[side] || orders.position(id) * (side === 'buy' ? 1 : -1) >= 20) continue
        live.set(orders.place({ instrument: id, side, type: 'post-only', lots: 1, ticks: best[side] }), { side, ticks: best[side], leaving: false })
      }
    },
  }
}

const source = lobsterDay('GOOG')
const batches = await loaded(source)
const rows = eventRows(batches)
const memory: Source = { ...source, async *batches() { yield* batches } }
const folder = mkdtempSync(join(tmpdir(), 'rxlob-'))
const file = join(folder, 'events.f64')
writeFileSync(file, Buffer.from(rows.buffer))
const script = fileURLToPath(new URL('hftbacktest-reference.py', import.meta.url))
const { stdout, stderr, status } = spawnSync(process.env['RXLOB_PYTHON'] ?? 'python3', [script, file], { encoding: 'utf8', maxBuffer: 2 ** 24 })
rmSync(folder, { recursive: true })
if (status !== 0) throw new Error(stderr)
const references = stdout.trim().split('\n').map((line) => JSON.parse(line) as Reference)

console.log(`${rows.length / 5} rows for hftbacktest; CPU seconds, best of five after the first round\n`)
console.log('queue          fills: ours  theirs    net, ticks: ours    theirs    seconds: ours  theirs   speed')
for (const queue of [pessimisticQueue(), powerQueue(), powerQueue2(), powerQueue3(), logQueue()]) {
  const theirs = references.find((reference) => reference.queue === queue.name)!
  let best = Infinity
  let line = ''
  for (let round = 0; round < 6; round++) {
    const before = process.cpuUsage()
    const { fills, profitAndLoss, instruments } = await backtest({ source: memory, strategy: quoting(), latency: constantLatency({ micros: 500, feedMicros: 10 }), cost: noCost(), queue, sessionEnd: 'carry' })
    if (round > 0) best = Math.min(best, process.cpuUsage(before).user / 1e6)
    const netTicks = profitAndLoss.net / instruments[0]!.tickSize
    line = `${queue.name.padEnd(14)}${String(fills.length).padStart(12)}${String(theirs.fills).padStart(8)}${netTicks.toFixed(0).padStart(20)}${theirs.netTicks.toFixed(0).padStart(10)}`
  }
  console.log(`${line}${best.toFixed(3).padStart(17)}${theirs.seconds.toFixed(3).padStart(8)}${(theirs.seconds / best).toFixed(2).padStart(8)}`)
}
