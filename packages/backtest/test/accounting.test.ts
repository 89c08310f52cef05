import { seededRandom } from '@rxlob/core'
import { makeEvents } from '@rxlob/testkit'
import { expect, it } from 'vitest'
import { backtest, combinedCost, constantLatency, feeSchedule, jitteredLatency, logQueue, pessimisticQueue, powerQueue, squareRootCost, type BacktestOptions, type BacktestResult, type FillRecord } from '../src/index.js'
import { eventSource } from './event-source.js'
import { randomTrader } from './random-trader.js'

// npm run test:accounting: a million
const streams = Number(process.env['RXLOB_STREAMS'] ?? 400)

const cost = combinedCost(feeSchedule({ tiers: [{ fromVolume: 0, makerBps: -0.3, takerBps: 1.7 }] }), squareRootCost({ impact: 0.7 }))

interface Made {
  readonly book: 'l2' | 'l3'
  readonly source: ReturnType<typeof eventSource>
}

/** Markets are made once and traded by many: making one costs more than trading it. */
const markets = 400
const made: (Made | undefined)[] = []

function marketOf(seed: number): Made {
  const random = seededRandom(seed)
  const book = random() < 0.5 ? 'l3' : 'l2'
  const events = makeEvents({
    seed, book, events: 30 + Math.floor(random() * 40), instruments: 1 + Math.floor(random() * 2),
    levels: random() < 0.5 ? Infinity : 3 + Math.floor(random() * 5),
    rates: { gaps: 0.01, snapshots: 0.02, trades: 0.2, crossed: 0.02, redefinitions: 0, statuses: 0.02 },
  })
  return { book, source: eventSource(events, book) }
}

/** Every market in turn, each time with other orders, delays, queue model and session end. */
function stream(seed: number): BacktestOptions & { readonly strategy: ReturnType<typeof randomTrader> } {
  const { book, source } = (made[seed % markets] ??= marketOf((seed % markets) + 1))
  const random = seededRandom(seed)
  const base = constantLatency({ micros: Math.floor(random() * 3) * 500, ...(random() < 0.3 && { feedMicros: 700 }) })
  return {
    source,
    strategy: randomTrader(seed, 0.4),
    latency: random() < 0.5 ? base : jitteredLatency({ base, meanJitterMicros: 300, seed }),
    cost,
    queue: book === 'l3' && random() < 0.7 ? 'fifo' : [pessimisticQueue(), powerQueue(), logQueue()][Math.floor(random() * 3)]!,
    sessionEnd: random() < 0.5 ? 'flat' : 'carry',
    intervalMicros: 100_000,
  }
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what)
}

/** Cash, positions and costs from the fills alone. */
function check(result: BacktestResult): void {
  const { fills, instruments, positions, profitAndLoss: pnl, curve } = result
  let net = 0
  let scale = 1
  for (const { lots, markTicks, instrument } of positions) {
    const { tickSize, lotSize } = instruments.find(({ id }) => id === instrument)!
    let cash = 0
    let held = 0
    let charged = 0
    for (const fill of fills) {
      if (fill.instrument !== instrument) continue
      const side = fill.side === 'buy' ? 1 : -1
      const value = fill.ticks * fill.lots
      cash -= side * value
      held += side * fill.lots
      charged += fill.charged
      scale += value * tickSize * lotSize
    }
    must(held === lots, `${instrument}: the fills leave ${held}, the position is ${lots}`)
    net += (cash + (lots === 0 ? 0 : lots * markTicks)) * tickSize * lotSize - charged
  }
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-12 * scale
  const sum = (name: 'fee' | 'spread' | 'impact'): number => fills.reduce((all, fill) => all + fill[name], 0)
  must(near(net, pnl.net), `cash and positions come to ${net}, net is ${pnl.net}`)
  must(near(pnl.gross - pnl.spread - pnl.impact - pnl.fees, pnl.net), `${JSON.stringify(pnl)} does not add up`)
  must(near(sum('fee'), pnl.fees) && near(sum('spread'), pnl.spread) && near(sum('impact'), pnl.impact), `the costs of the fills are not those of the run`)
  must(curve.net.at(-1) === pnl.net, 'the curve does not end at the result')
  checkOrders(result)
  checkQueue(result)
}

/** Of two of our orders that wait at one price, the later one is not filled while the earlier one still waits. */
function checkQueue({ fills, orders }: BacktestResult): void {
  const waiting = orders.filter(({ type, replaced, status }) => (type === 'limit' || type === 'post-only') && !replaced && status !== 'rejected')
  for (const fill of fills) {
    if (fill.liquidity === 'taker') continue
    const later = waiting.find(({ orderId }) => orderId === fill.orderId)
    if (later === undefined) continue
    for (const earlier of waiting) {
      if (earlier.orderId >= later.orderId || earlier.instrument !== later.instrument || earlier.side !== later.side || earlier.ticks !== later.ticks) continue
      must(earlier.endedAt <= fill.tsExchange, `order ${later.orderId} is filled before order ${earlier.orderId}, which came first at ${later.ticks}`)
    }
  }
}

function checkOrders({ fills, orders }: BacktestResult): void {
  const byOrder = new Map<number, FillRecord[]>()
  for (const fill of fills) byOrder.set(fill.orderId, [...(byOrder.get(fill.orderId) ?? []), fill])
  for (const order of orders) {
    const own = byOrder.get(order.orderId) ?? []
    must(own.reduce((all, { lots }) => all + lots, 0) === order.filledLots, `order ${order.orderId} is not the sum of its fills`)
    must(order.status !== 'working', `order ${order.orderId} never ended`)
    must(order.status !== 'filled' || order.filledLots === order.lots, `order ${order.orderId} is filled and is not`)
    must(order.status !== 'rejected' || own.length === 0, `order ${order.orderId} was rejected and filled`)
    for (const { lots, side, ticks, tsExchange, tsLocal } of own) {
      must(Number.isInteger(lots) && lots > 0, `a fill of ${lots} lots`)
      must(order.decidedAt <= order.arrivedAt && order.arrivedAt <= tsExchange && tsExchange <= tsLocal, `order ${order.orderId} is filled before it was there`)
      const limit = order.type === 'market' ? NaN : order.ticks
      // A replaced order may have been filled at its old limit.
      must(Number.isNaN(limit) || order.replaced || (side === 'buy' ? ticks <= limit : ticks >= limit), `order ${order.orderId} is filled at ${ticks} beyond its limit ${limit}`)
    }
  }
}

it(`holds over ${streams} random order streams`, { timeout: 24 * 3600e3 }, async () => {
  const seen = { fills: 0, maker: 0, rejected: new Set<string>(), expired: new Set<string>(), gaps: 0, halts: 0 }
  const started = performance.now()
  for (let seed = 1; seed <= streams; seed++) {
    const options = stream(seed)
    const result = await backtest(options)
    try {
      check(result)
      if (seed % 20 === 0) {
        const again = stream(seed)
        expect(JSON.stringify(await backtest(again))).toBe(JSON.stringify(result))
        expect(again.strategy.log).toEqual(options.strategy.log)
      }
    } catch (error) {
      throw new Error(`seed ${seed}: ${String(error)}`, { cause: error })
    }
    if (seed % 20_000 === 0) console.log(`${seed.toLocaleString('en')} of ${streams.toLocaleString('en')} streams, ${seen.fills.toLocaleString('en')} fills, ${((performance.now() - started) / seed).toFixed(2)} ms each`)
    seen.fills += result.fills.length
    seen.maker += result.summary.makerFills
    seen.gaps += result.counts.gaps
    seen.halts += result.counts.halts
    for (const reason of Object.keys(result.counts.rejected)) seen.rejected.add(reason)
    for (const reason of Object.keys(result.counts.expired)) seen.expired.add(reason)
  }
  expect(seen.fills).toBeGreaterThan(streams)
  expect(seen.maker).toBeGreaterThan(streams / 10)
  expect(seen.gaps).toBeGreaterThan(0)
  expect(seen.halts).toBeGreaterThan(0)
  if (streams < 400) return
  expect([...seen.rejected].sort()).toEqual([
    'crossed-book', 'gap', 'halt', 'no-book', 'not-fillable', 'price-not-a-number', 'price-not-positive', 'price-off-tick', 'self-trade', 'session-over', 'size-negative',
    'size-not-a-number', 'size-off-lot', 'size-too-large', 'size-zero', 'unknown-instrument', 'unknown-order', 'would-take',
  ])
  expect([...seen.expired].sort()).toEqual(['end-of-data', 'gap', 'no-liquidity', 'session-end'])
})
