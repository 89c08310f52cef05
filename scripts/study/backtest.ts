// Strategies over a LOBSTER day at every latency and fee, against no trade, always long and random entry; summary numbers alone are written:
// RXLOB_DATA=folder npm run study:backtest
import { createHash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { alwaysLong, backtest, constantLatency, feeSchedule, imbalanceMarketMaker, imbalanceRule, logQueue, pessimisticQueue, powerQueue, powerQueue2, powerQueue3, queueTruth, quoteTape, randomEntry, roundTrips, type BacktestResult, type QueueTruth, type RandomEntry } from '@rxlob/backtest'
import type { EventBatch, Source, Strategy } from '@rxlob/core'
import { meanInterval } from '@rxlob/evaluation'
import { lobsterDay } from './lobster-day.ts'

const latencies = [0, 1, 10, 50, 200]
/** Maker and taker, basis points of the value: none, an exchange's own with its rebate, a retail broker's. */
const fees = [[0, 0], [-0.04, 0.05], [1, 1]] as const
const lots = 100
/** Small enough to be filled at the touch, as random entry is. */
const takerLots = 10
const strategies: readonly (() => Strategy)[] = [() => imbalanceRule({ lots: takerLots }), () => imbalanceMarketMaker({ lots, maxPositionLots: 500 })]

interface Cell {
  readonly strategy: string
  readonly latencyMillis: number
  readonly makerBps: number
  readonly takerBps: number
  readonly net: number
  readonly low: number
  readonly high: number
  readonly gross: number
  readonly spread: number
  readonly impact: number
  readonly fees: number
  readonly fills: number
  readonly makerShare: number
  readonly breakEvenBps: number
  readonly netTicksPerLot: number
  readonly random: RandomEntry | undefined
}

const symbol = 'GOOG'
const file = lobsterDay(symbol)
const batches: EventBatch[] = []
const hash = createHash('sha256')
for await (const batch of file.batches!()) {
  batches.push(batch)
  for (const column of [batch.op, batch.flags, batch.tsExchange, batch.ticks, batch.lots]) hash.update(Buffer.from(column.buffer, column.byteOffset, batch.length * column.BYTES_PER_ELEMENT))
}
const source: Source = { ...file, async *batches() { yield* batches } }
const quotes = (await quoteTape(source))!

async function run(strategy: Strategy, latencyMillis: number, makerBps: number, takerBps: number): Promise<BacktestResult> {
  const cost = feeSchedule({ tiers: [{ fromVolume: 0, makerBps, takerBps }] })
  return backtest({ source, strategy, latency: constantLatency({ micros: latencyMillis * 1000 }), cost })
}

/** Net of the day and its 95 % interval from blocks of ten minutes. */
function dayInterval({ curve }: BacktestResult): { low: number; high: number } {
  const returns = curve.net.map((net, row) => net - (row === 0 ? 0 : curve.net[row - 1]!))
  const { low, high } = meanInterval(returns, { meanBlockRows: 10, draws: 5000 })
  return { low: low * returns.length, high: high * returns.length }
}

const cells: Cell[] = []
let runs = 0
for (const make of strategies) {
  for (const latencyMillis of latencies) {
    for (const [makerBps, takerBps] of fees) {
      const result = await run(make(), latencyMillis, makerBps, takerBps)
      runs++
      const trips = roundTrips(result.fills, result.instruments)
      const takes = result.summary.makerFills < result.fills.length / 2
      cells.push({
        strategy: result.strategy, latencyMillis, makerBps, takerBps, ...result.profitAndLoss, ...dayInterval(result),
        fills: result.fills.length, makerShare: result.summary.makerFills / result.fills.length, breakEvenBps: result.summary.breakEvenFeeBps, netTicksPerLot: result.summary.netTicksPerLot,
        random: takes ? randomEntry(trips, { instrument: result.instruments[0]!, quotes, feeBps: takerBps, draws: 1000 }) : undefined,
      })
    }
  }
}
const long = await run(alwaysLong({ lots: takerLots }), 1, 0, 0)
const truths: QueueTruth[] = []
for (const queue of ['fifo', pessimisticQueue(), powerQueue(), powerQueue2(), powerQueue3(), logQueue()] as const) truths.push(await queueTruth(source, queue))

const events = batches.reduce((sum, batch) => sum + batch.flags.subarray(0, batch.length).reduce((all, flag) => all + (flag & 1), 0), 0)
let best = Infinity
for (let round = 0; round < 6; round++) {
  const before = process.cpuUsage()
  await run(imbalanceMarketMaker({ lots, maxPositionLots: 500 }), 1, 0, 0)
  best = Math.min(best, process.cpuUsage(before).user / 1e6)
}

const date = new Date().toISOString().slice(0, 10)
const money = (value: number): string => value.toFixed(0)
const lines = [
  `# Backtests on ${symbol}, ${long.fromTime.slice(0, 10)}`,
  '',
  `NASDAQ ${symbol}, LOBSTER sample, ten levels, ${events.toLocaleString('en')} messages, ${long.fromTime} to ${long.toTime}. SHA-256 of the event columns \`${hash.digest('hex')}\`. Made on ${date} by \`npm run study:backtest\`.`,
  '',
  `One day of one stock calibrates software; it is no evidence of skill. ${runs} runs were made and all are shown. Net in USD, the imbalance rule holding ${takerLots} shares, the market maker quoting ${lots} and holding at most 500, closed at the end of the day at the touch; queue places exact from the orders. Intervals: 95 %, stationary bootstrap of one-minute returns in blocks of ten minutes on average. The break-even fee is what each side could cost, in basis points of the value, before nothing is left. Random entry: the same round trips (direction, size, time held) at random times, at the touch, 1,000 draws; the percentile is the share of draws that made less.`,
  '',
  '| strategy | latency, ms | fees maker/taker, bps | gross | spread | impact | fees | net | 95 % of net | fills | maker | ticks a share | break-even, bps | random entry, mean | percentile |',
  '|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|',
  ...cells.map((cell) =>
    `| ${[
      cell.strategy, cell.latencyMillis, `${cell.makerBps} / ${cell.takerBps}`, money(cell.gross), money(cell.spread), money(cell.impact), money(cell.fees), money(cell.net), `${money(cell.low)} to ${money(cell.high)}`,
      cell.fills, `${(100 * cell.makerShare).toFixed(0)} %`, cell.netTicksPerLot.toFixed(2), cell.breakEvenBps.toFixed(3), cell.random === undefined ? '-' : money(cell.random.mean), cell.random === undefined ? '-' : cell.random.percentile.toFixed(3),
    ].join(' | ')} |`),
  '',
  `No trade makes 0. Always long (${takerLots} shares from the first book to the last, 1 ms, no fees) made ${money(long.profitAndLoss.net)}.`,
  '',
  '## Queue places against real fills',
  '',
  'Every order whose level stayed in view from its arrival to its first fill was put in the place of one of ours and its first fill decided from the others\' events alone.',
  '',
  '| queue | executed orders | same message | share | of those with a queue ahead | share | early | late | never executed | filled wrongly |',
  '|---|---|---|---|---|---|---|---|---|---|',
  ...truths.map((truth) => `| ${[truth.queue, truth.executed, truth.sameMessage, (truth.sameMessage / truth.executed).toFixed(4), truth.queuedExecuted, (truth.queuedSameMessage / truth.queuedExecuted).toFixed(4), truth.early, truth.late, truth.neverExecuted, truth.falseFills].join(' | ')} |`),
  '',
  '## Speed',
  '',
  `The market maker over the day, from batches in memory, exact queue places: ${best.toFixed(3)} s of CPU time, best of six, ${(events / best / 1e6).toFixed(2)} M events a second.`,
  '',
]
const folder = join('results', `${date}_${symbol}`)
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'backtest.md'), lines.join('\n'))
writeFileSync(join(folder, 'backtest.json'), `${JSON.stringify({ date, symbol, events, runs, cells, alwaysLong: long.profitAndLoss, truths, cpuSeconds: best }, undefined, 1)}\n`)
console.log(lines.join('\n'))
