import { seededRandom, type BookView, type InstrumentId, type OrderPort, type Strategy } from '@rxlob/core'
import { makeEvents } from '@rxlob/testkit'
import { describe, expect, it } from 'vitest'
import { backtest, constantLatency, jitteredLatency, noCost, pessimisticQueue, type BacktestResult } from '../src/index.js'
import { eventSource } from './event-source.js'

interface Look {
  readonly tsLocal: number
  readonly seen: readonly (number | boolean)[]
}

const shown = (book: BookView | undefined): (number | boolean)[] => {
  if (book === undefined) return []
  const levels = [0, 1, 2, 5, 11]
  return [book.synced, book.crossed, book.bidDepth, book.askDepth, book.bidKnownDepth, book.askKnownDepth, book.tickSize, book.lotSize,
    ...levels.flatMap((level) => [book.bidTicks(level), book.bidLots(level), book.askTicks(level), book.askLots(level)])]
}

/** Trades by timers and reports alone, and writes down all that it sees; books are asked for anew, or kept from the first call. */
function clockTrader(seed: number, ids: readonly InstrumentId[], timerMicros: number, watching: boolean, keeping: boolean): Strategy & { readonly looks: Look[] } {
  const random = seededRandom(seed)
  const looks: Look[] = []
  const placed: number[] = []
  let kept: (BookView | undefined)[] | undefined
  const look = (tsLocal: number, orders: OrderPort): void => {
    if (keeping) kept ??= ids.map((id) => orders.book(id))
    looks.push({ tsLocal, seen: (kept ?? ids.map((id) => orders.book(id))).flatMap(shown) })
  }
  return {
    name: 'clock_trader',
    looks,
    timerMicros,
    init: () => undefined,
    ...(watching && { onTick: () => {} }),
    onOrder: (_, report, orders) => look(report.fill?.tsLocal ?? NaN, orders),
    onTimer: (_, tsLocal, orders) => {
      look(tsLocal, orders)
      const id = ids[Math.floor(random() * ids.length)]!
      const book = orders.book(id)
      const buys = random() < 0.5
      if (book?.synced === true && random() < 0.7) {
        const best = buys ? book.bidTicks(0) : book.askTicks(0)
        if (best > 0) placed.push(orders.place({ instrument: id, side: buys ? 'buy' : 'sell', type: random() < 0.3 ? 'ioc' : 'limit', lots: 1 + Math.floor(random() * 20), ticks: best }))
      } else if (placed.length > 0) orders.cancel(placed[Math.floor(random() * placed.length)]!)
    },
  }
}

async function both(seed: number, book: 'l2' | 'l3', events: number): Promise<void> {
  const random = seededRandom(seed)
  const made = makeEvents({
    seed, book, events, instruments: 1 + Math.floor(random() * 2), levels: random() < 0.5 ? Infinity : 3 + Math.floor(random() * 9),
    rates: { gaps: 0.005, snapshots: 0.01, trades: 0.2, crossed: 0.02, redefinitions: 0, statuses: 0.01 },
  })
  const source = eventSource(made, book)
  const ids = [...new Set(made.map(({ instrument }) => instrument))]
  const feed = random() < 0.6 ? { feedMicros: Math.floor(random() * 3) * 400 } : {}
  const base = constantLatency({ micros: Math.floor(random() * 3) * 700, ...feed })
  const timerMicros = 1000 + Math.floor(random() * 20_000)
  const run = async (watching: boolean, keeping: boolean): Promise<[BacktestResult, Look[]]> => {
    const strategy = clockTrader(seed, ids, timerMicros, watching, keeping)
    const latency = seed % 2 === 0 ? base : jitteredLatency({ base, meanJitterMicros: 500, seed })
    const result = await backtest({ source, strategy, latency, cost: noCost(), queue: pessimisticQueue(), intervalMicros: 100_000 })
    return [result, strategy.looks]
  }
  const watched = await run(true, false)
  expect(watched[1].length).toBeGreaterThan(3)
  expect(await run(false, false)).toEqual(watched)
  expect(await run(false, true)).toEqual(watched)
}

describe('a strategy called by timers and reports', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed + 1))('sees and does the same as one that is shown every event: levels, seed %i', (seed) => both(seed, 'l2', 600))
  it.each(Array.from({ length: 12 }, (_, seed) => seed + 100))('sees and does the same as one that is shown every event: orders, seed %i', (seed) => both(seed, 'l3', 600))
  it('over a long run, in which our book is copied from the venue again and again', () => both(7, 'l2', 12_000))
})
