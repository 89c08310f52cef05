import { batchesOf, seededRandom, type Source, type Strategy } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { backtest, constantLatency, imbalanceRule, noCost, noPeek, quoteTape, randomEntry, roundTrips, type BacktestResult } from '../src/index.js'
import { eventSource } from './event-source.js'
import { randomWalk, walked } from './random-walk.js'

const steps = 20_000
const latency = constantLatency({ micros: 1000 })

/** Turns at random every second. */
const coin = (seed: number): Strategy => {
  const random = seededRandom(seed)
  let next = 0
  return {
    name: 'coin',
    init: () => undefined,
    onTick: (_, { tsLocal, instrument }, orders) => {
      if (tsLocal < next) return
      next = tsLocal + 1e6
      orders.target(instrument.id, orders.position(instrument.id) === 0 ? (random() < 0.5 ? 10 : -10) : 0)
    },
  }
}

describe('a random walk', () => {
  const source = eventSource(randomWalk(5, steps), 'l2')
  const run = (takerFills: 'book' | 'mid-fiction'): Promise<BacktestResult> => backtest({ source, strategy: coin(9), latency, cost: noCost(), takerFills })

  it('loses the spread at the touch, and nothing else but chance', async () => {
    const { profitAndLoss, summary } = await run('book')
    expect(summary.roundTrips).toBeGreaterThan(900)
    // A round trip of 10 lots crosses a spread of 4 ticks: 40.
    expect(profitAndLoss.spread).toBe(summary.tradedLots * 2)
    // Gross is chance: a second moves by sqrt(10) ticks, 1,000 trips of 10 lots by about 1,000.
    expect(Math.abs(profitAndLoss.gross)).toBeLessThan(3000)
    expect(profitAndLoss.net).toBeLessThan(-35_000)
  })

  it('loses nothing at the mid, which is why nobody may fill there unnamed', async () => {
    const { profitAndLoss, models } = await run('mid-fiction')
    expect(models.takerFills).toBe('mid-fiction')
    expect(profitAndLoss.spread).toBe(0)
    expect(profitAndLoss.net).toBe((await run('book')).profitAndLoss.gross)
  })

  it('is no better than random entry', async () => {
    const { fills, instruments } = await run('book')
    const trips = roundTrips(fills, instruments)
    const quotes = (await quoteTape(source))!
    const random = randomEntry(trips, { instrument: walked, quotes, draws: 1000 })
    expect(random.percentile).toBeGreaterThan(0.01)
    expect(random.percentile).toBeLessThan(0.99)
    expect(random.low).toBeLessThan(random.mean)
    expect(random.mean).toBeLessThan(random.high)
    expect(random.mean / (-40 * trips.length)).toBeCloseTo(1, 1)
    expect(randomEntry(trips, { instrument: walked, quotes, draws: 1000 })).toEqual(random)
  })
})

describe('the no-peek check', () => {
  const source = eventSource(randomWalk(6, 600), 'l2')
  const withStrategy = (make: (source: Source) => Promise<Strategy>) => async (given: Source) => backtest({ source: given, strategy: await make(given), latency, cost: noCost() })

  it('catches a strategy that knows the next second', async () => {
    const clairvoyant = async (given: Source): Promise<Strategy> => {
      const { ts, bid } = (await quoteTape(given))!
      return {
        name: 'clairvoyant',
        init: () => undefined,
        onTick: (_, { tsLocal, book, instrument }, orders) => {
          const later = ts.findIndex((time) => time >= tsLocal + 1e6)
          if (later >= 0) orders.target(instrument.id, 10 * Math.sign(bid[later]! - book.bidTicks(0)))
        },
      }
    }
    const found = await noPeek({ source, run: withStrategy(clairvoyant), marginMicros: 0 })
    expect(found).toBeDefined()
    expect(found!.withFuture).not.toEqual(found!.withoutFuture)
    const { profitAndLoss } = await withStrategy(clairvoyant)(source)
    expect(profitAndLoss.gross).toBeGreaterThan(0)
  })

  it('lets honest ones through', async () => {
    expect(await noPeek({ source, run: withStrategy(async () => coin(3)), marginMicros: 0 })).toBeUndefined()
    expect(await noPeek({ source, run: withStrategy(async () => imbalanceRule({ lots: 5 })), cuts: 7 })).toBeUndefined()
  })

  it('refuses nothing', async () => {
    const empty = eventSource([], 'l2')
    await expect(noPeek({ source: empty, run: withStrategy(async () => coin(1)) })).rejects.toThrow(/no events/)
    for await (const batch of batchesOf(empty)) throw new Error(String(batch.length))
  })
})
