import { Op } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { simulator, type SimulatorOptions } from '../src/index.js'
import { bookRows } from './book-rows.js'

interface Measured {
  readonly events: number
  readonly meanSpread: number
  readonly moves: number
  readonly lowTicks: number
  readonly highTicks: number
  readonly thinnest: number
  /** Share of mid moves that go to the side of the longer queue. */
  readonly imbalanceAccuracy: number
  /** R2 of mid changes over ten seconds on order flow imbalance of the same, and of the next ten seconds. */
  readonly sameWindow: number
  readonly nextWindow: number
  readonly faults: number
}

async function measure(options: SimulatorOptions): Promise<Measured> {
  let events = 0, spreads = 0, moves = 0, low = Infinity, high = -Infinity, thinnest = Infinity, foretold = 0, faults = 0
  let mid = NaN, bid = NaN, ask = NaN, bidLots = 0, askLots = 0, flow = 0, barEnd = NaN, barMid = NaN
  const flows: number[] = []
  const changes: number[] = []
  for await (const { tick } of bookRows(simulator(options).batches())) {
    const { book } = tick
    const now = (book.bidTicks(0) + book.askTicks(0)) / 2
    if (now !== mid && events > 0) {
      moves++
      if (Math.sign(bidLots - askLots) === Math.sign(now - mid)) foretold++
    }
    if (Number.isNaN(barEnd)) {
      barEnd = tick.tsLocal + 10e6
      barMid = now
    }
    while (tick.tsLocal >= barEnd) {
      flows.push(flow)
      changes.push(mid - barMid)
      barMid = mid
      flow = 0
      barEnd += 10e6
    }
    if (events > 0) {
      flow += (book.bidTicks(0) >= bid ? book.bidLots(0) : 0) - (book.bidTicks(0) <= bid ? bidLots : 0)
      flow -= (book.askTicks(0) <= ask ? book.askLots(0) : 0) - (book.askTicks(0) >= ask ? askLots : 0)
    }
    mid = now
    bid = book.bidTicks(0)
    ask = book.askTicks(0)
    bidLots = book.bidLots(0)
    askLots = book.askLots(0)
    events++
    spreads += ask - bid
    low = Math.min(low, mid)
    high = Math.max(high, mid)
    thinnest = Math.min(thinnest, book.bidDepth, book.askDepth)
    faults = tick.counts.crossed + tick.counts.faults
  }
  return {
    events, moves, lowTicks: low, highTicks: high, thinnest, faults, meanSpread: spreads / events, imbalanceAccuracy: foretold / moves,
    sameWindow: r2(flows, changes), nextWindow: r2(flows.slice(0, -1), changes.slice(1)),
  }
}

function r2(x: readonly number[], y: readonly number[]): number {
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
  const [mx, my] = [mean(x), mean(y)]
  let xy = 0, xx = 0, yy = 0
  x.forEach((value, n) => {
    xy += (value - mx) * (y[n]! - my)
    xx += (value - mx) ** 2
    yy += (y[n]! - my) ** 2
  })
  return (xy * xy) / (xx * yy)
}

describe('reactiveMarket', () => {
  it.each([1, 2])('lives for an hour like a liquid large-tick stock, seed %i', async (seed) => {
    const hour = await measure({ seed })
    expect(hour.faults).toBe(0)
    expect(hour.events).toBeGreaterThan(300_000)
    expect(hour.events).toBeLessThan(700_000)
    expect(hour.meanSpread).toBeGreaterThan(1)
    expect(hour.meanSpread).toBeLessThan(1.5)
    expect(hour.moves).toBeGreaterThan(1000)
    expect(hour.moves).toBeLessThan(8000)
    // Of an opening price of 10,000 ticks: it neither freezes nor runs away.
    expect(hour.highTicks - hour.lowTicks).toBeGreaterThan(8)
    expect(hour.highTicks - hour.lowTicks).toBeLessThan(300)
    expect(hour.thinnest).toBeGreaterThan(15)
    expect(hour.imbalanceAccuracy).toBeGreaterThan(0.6)
    expect(hour.sameWindow).toBeGreaterThan(0.35)
    expect(hour.sameWindow).toBeLessThan(0.9)
    expect(hour.nextWindow).toBeLessThan(0.05)
  })

  it('is busier and more volatile in regimes that ask for it', async () => {
    const durationMicros = 600e6
    const calm = await measure({ durationMicros })
    const busy = await measure({ durationMicros, regimes: [{ fromMicros: 0, activity: 3 }] })
    const rough = await measure({ durationMicros, regimes: [{ fromMicros: 0, aggression: 4 }] })
    expect(busy.events / calm.events).toBeGreaterThan(2.5)
    expect(busy.events / calm.events).toBeLessThan(3.5)
    expect(rough.moves / calm.moves).toBeGreaterThan(2)
    expect(rough.events / calm.events).toBeLessThan(1.5)
  })

  it.each<[string, SimulatorOptions['rates']]>([
    ['no market orders', { marketOrders: 0 }],
    ['hardly any limit orders', { limitOrders: 0.5 }],
    ['a flood of market orders', { marketOrders: 200 }],
    ['cancellations at once', { cancellations: 500 }],
    ['a lone order now and then', { limitOrders: 0.05, marketOrders: 10, cancellations: 5 }],
  ])('never empties a side nor crosses: %s', async (_, rates) => {
    const market = await measure({ durationMicros: 200e6, price: 5, rates: rates! })
    expect(market.thinnest).toBeGreaterThanOrEqual(1)
    expect(market.faults).toBe(0)
    expect(market.lowTicks).toBeGreaterThanOrEqual(1)
  })

  it('trades with hidden orders inside wide spreads alone, at the share asked for', async () => {
    const counts = async (hiddenShare: number): Promise<{ hidden: number; fills: number }> => {
      let hidden = 0, fills = 0
      for await (const { length, op } of simulator({ durationMicros: 1200e6, rates: { hiddenShare, limitOrders: 8, marketOrders: 4 } }).batches()) {
        for (let row = 0; row < length; row++) {
          if (op[row] === Op.trade) hidden++
          if (op[row] === Op.fill) fills++
        }
      }
      return { hidden, fills }
    }
    expect((await counts(0)).hidden).toBe(0)
    const some = await counts(0.5)
    expect(some.hidden).toBeGreaterThan(100)
    expect((await counts(1)).hidden).toBeGreaterThan(1.5 * some.hidden)
  })
})
