import { simulator } from '@rxlob/adapters-simulator'
import { batchToEvents, seededRandom, type MarketEvent, type OrderPort, type OrderRequest, type Strategy } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { backtest, constantLatency, noCost } from '../src/index.js'
import { eventSource } from './event-source.js'
import { naiveFills, type NaiveMessage } from './naive-venue.js'
import { randomTrader } from './random-trader.js'

/** Notes what a strategy sends, and when it will arrive. */
function noted(strategy: Strategy, delay: number): Strategy & { readonly messages: NaiveMessage[] } {
  const messages: NaiveMessage[] = []
  const port = (orders: OrderPort, now: number): OrderPort => ({
    book: (id) => orders.book(id),
    position: (id) => orders.position(id),
    target: () => undefined,
    place: (request: OrderRequest) => {
      const id = orders.place(request)
      if (request.instrument === 'sim:DEMO') messages.push({ at: now + delay, kind: 'new', id, request })
      return id
    },
    cancel: (id) => {
      orders.cancel(id)
      messages.push({ at: now + delay, kind: 'cancel', id })
    },
    replace: (id, change) => {
      orders.replace(id, change)
      messages.push({ at: now + delay, kind: 'replace', id, ...change })
    },
  })
  return { ...strategy, messages, onTick: (state, tick, orders) => strategy.onTick!(state, tick, port(orders, tick.tsLocal)) }
}

async function session(seed: number): Promise<MarketEvent[]> {
  const events: MarketEvent[] = []
  const source = simulator({ seed, tickSize: 1, price: 10_000, durationMicros: 12e6, rates: { hiddenShare: 0.3, marketOrders: 6, limitOrders: 40 } })
  for await (const batch of source.batches()) {
    if (events.length === 0) events.push({ kind: 'instrument', instrument: batch.instrument.id, tsExchange: batch.tsExchange[0]!, tsLocal: batch.tsLocal[0]!, definition: batch.instrument, levels: batch.levels })
    events.push(...batchToEvents(batch))
  }
  return events
}

// Places in queues, partial fills, walks through the book and what is gone from it: all against arrays searched from end to end.
describe('every fill is the brute-force venue\'s', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('seed %i', async (seed) => {
    const events = await session(seed)
    const random = seededRandom(seed)
    const delay = [0, 700, 50_000][Math.floor(random() * 3)]!
    const strategy = noted(randomTrader(seed, 0.5), delay)
    const { fills } = await backtest({ source: eventSource(events, 'l3'), strategy, latency: constantLatency({ micros: delay }), cost: noCost(), sessionEnd: 'carry' })
    const expected = naiveFills(events, strategy.messages)
    expect(fills.map(({ orderId, tsExchange, ticks, lots, liquidity }) => ({ id: orderId, at: tsExchange, ticks, lots, maker: liquidity === 'maker' }))).toEqual(expected)
    expect(expected.filter(({ maker }) => maker).length).toBeGreaterThan(5)
    expect(expected.filter(({ maker }) => !maker).length).toBeGreaterThan(5)
  })
})
