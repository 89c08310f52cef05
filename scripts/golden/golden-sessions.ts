import { eventsOf, mergeBatches, type InstrumentEvent, type MarketEvent, type Source } from '@rxlob/core'
import { simulator } from '@rxlob/adapters-simulator'
import { lastValueFrom, toArray } from 'rxjs'
import { levelFeed } from './level-feed.ts'

export interface GoldenSession {
  /** Folder under `packages/core/test/golden`. */
  readonly name: string
  /** What is in it, for its README. */
  readonly about: string
  readonly events: readonly MarketEvent[]
}

/** A thin market, in which a few hundred events move prices, widen spreads and use up queues. */
const thin = { limitOrders: 10, marketOrders: 3, cancellations: 0.8, hiddenShare: 0.5 }
const dayMicros = 86_400_000_000
const openingBell = 1_704_205_800_000_000

const collect = (events: ReturnType<Source['events']>): Promise<MarketEvent[]> => lastValueFrom(events.pipe(toArray()))

/** Small sessions of synthetic markets, the same bits every time. */
export async function goldenSessions(): Promise<GoldenSession[]> {
  return [
    { name: 'l3-orders', about: 'Every order of two days (`session` between them): adds, partial cancellations, removals, fills, replacements and hidden trades, with nanoseconds.', events: await twoDays() },
    { name: 'l3-window', about: 'A market by order seen through a window of four levels: levels scroll into and out of view, orders are forgotten and come back unknown.', events: await throughWindow() },
    {
      name: 'l2-deltas',
      about: 'Price levels and trades of a market: 20-level snapshots, deltas every 100 ms, receive times of their own, and everything that goes wrong: gaps, a stale feed, a lost connection, dropped trades, a halt, crossed and one-sided books, empty deltas.',
      events: await levels(),
    },
    { name: 'two-instruments', about: 'Two markets by order in one stream, in the order of receive times; the second changes its tick size on the way.', events: await twoInstruments() },
  ]
}

async function twoDays(): Promise<MarketEvent[]> {
  const days = await Promise.all([0, 1].map((day) =>
    collect(simulator({ seed: 101 + day, symbol: 'GOLD', startMicros: openingBell + day * dayMicros, durationMicros: 22e6, rates: thin }).events())))
  const [first, [, ...second]] = days as [MarketEvent[], MarketEvent[]]
  const { instrument, tsExchange, tsLocal } = second[0]!
  return [...first.slice(0, -1), { kind: 'status', instrument, tsExchange, tsLocal, status: 'session', channel: 'all' }, ...second]
}

const throughWindow = (): Promise<MarketEvent[]> => collect(simulator({ seed: 103, symbol: 'WINDOW', levels: 4, durationMicros: 90e6, rates: { ...thin, limitOrders: 7 } }).events())

async function levels(): Promise<MarketEvent[]> {
  const market = await collect(simulator({ seed: 104, symbol: 'LEVELS', lotSize: 0.01, price: 2000, durationMicros: 110e6, rates: thin }).events())
  return levelFeed(market, {
    frameMicros: 100_000,
    levels: 20,
    incidents: [
      { frame: 150, what: 'crossed' },
      { frame: 220, what: 'gap', frames: 6 },
      { frame: 300, what: 'snapshot' },
      { frame: 380, what: 'dropped', frames: 8 },
      { frame: 450, what: 'halted', frames: 10 },
      { frame: 540, what: 'disconnected', frames: 12 },
      { frame: 620, what: 'one-sided', frames: 1 },
      { frame: 700, what: 'empty' },
      { frame: 780, what: 'stale', frames: 4 },
      { frame: 860, what: 'crossed' },
      { frame: 861, what: 'crossed' },
      { frame: 940, what: 'gap', frames: 3 },
    ],
  })
}

async function twoInstruments(): Promise<MarketEvent[]> {
  const quick = simulator({ seed: 105, symbol: 'QUICK', durationMicros: 20e6, rates: thin })
  const slow = (seed: number, tickSize: number, fromMicros: number): Source =>
    simulator({ seed, symbol: 'SLOW', tickSize, price: 50, startMicros: openingBell + fromMicros, durationMicros: 10e6, rates: { ...thin, limitOrders: 4 } })
  const events = await collect(eventsOf(() => mergeBatches([quick.batches(), slow(106, 0.01, 3e6).batches!(), slow(107, 0.05, 14e6).batches!()])))
  const redefined = events.findLastIndex((event) => event.kind === 'instrument')
  const { instrument } = events[redefined] as InstrumentEvent
  // The end of the first part is not the end of the instrument.
  return events.filter((event, n) => !(event.kind === 'status' && event.status === 'ended' && event.instrument === instrument && n < redefined))
}
