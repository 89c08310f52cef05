import { seededRandom, type Instrument, type MarketEvent, type Side } from '@rxlob/core'
import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { totalLots, type HiddenMarket } from '../src/hidden-market.js'
import { instrumentScript } from '../src/instrument-script.js'
import { makeEvents, naiveBook, naiveTicks, type MakeEventsOptions, type NaiveBook } from '../src/index.js'

/** A level with the queue behind it, as an observer believes it to be. */
const believed = (book: NaiveBook, side: Side): unknown =>
  book.levels(side).map(([ticks, lots]) => ({ ticks, lots, anonymous: book.anonymousLots(side, ticks), orders: book.queue(side, ticks) }))

/** The same, as it is. */
const trueSide = (market: HiddenMarket, side: Side, levels: number): unknown => {
  const shown = market[side].levels.slice(0, levels)
  return [market[side].whole ? Infinity : shown.length, shown.map((level) => ({ ticks: level.ticks, lots: totalLots(level), anonymous: level.anonymous, orders: level.orders }))]
}

const kinds: [string, Omit<MakeEventsOptions, 'seed' | 'events'>][] = [
  ['l2', { book: 'l2' }],
  ['l2 in a window of 10', { book: 'l2', levels: 10 }],
  ['l3', { book: 'l3' }],
  ['l3 in a window of 5', { book: 'l3', levels: 5 }],
  ['l3 in a window of 1', { book: 'l3', levels: 1 }],
  ['three instruments', { book: 'l3', instruments: 3, levels: 10 }],
]

describe.each(kinds)('%s', (_, options) => {
  const events = makeEvents({ seed: 11, events: 20_000, ...options })

  it('gives the events asked for, and the same ones again', () => {
    expect(events).toHaveLength(20_000)
    expect(isDeepStrictEqual(makeEvents({ seed: 11, events: 20_000, ...options }), events)).toBe(true)
    expect(isDeepStrictEqual(makeEvents({ seed: 12, events: 20_000, ...options }), events)).toBe(false)
  })

  it('begins each instrument with its definition, and time never goes back', () => {
    const begun = new Set<string>()
    let last = -Infinity
    const wrong = events.filter(({ kind, instrument, tsLocal, tsExchange }) => {
      if (kind === 'instrument') begun.add(instrument)
      const back = tsLocal < last
      last = tsLocal
      return back || tsExchange > tsLocal || !begun.has(instrument)
    })
    expect(wrong).toEqual([])
    expect(begun.size).toBe(options.instruments ?? 1)
    expect(events.filter((event) => event.kind === 'status' && event.status === 'ended')).toHaveLength(begun.size)
  })

  it('holds everything that makes a stream hard', () => {
    const ticks = naiveTicks(events).map(({ tick }) => tick)
    const { levels = Infinity, book } = options
    const count = (test: (event: MarketEvent) => boolean): number => events.filter(test).length
    expect(count((event) => event.kind === 'snapshot')).toBeGreaterThan(20)
    expect(count((event) => event.kind === 'status' && event.status === 'gap' && event.channel !== 'trades')).toBeGreaterThan(2)
    expect(count((event) => event.kind === 'status' && event.status === 'gap' && event.channel === 'trades')).toBeGreaterThan(2)
    expect(count((event) => event.kind === 'status' && event.status === 'halted')).toBeGreaterThan(2)
    for (const print of ['regular', 'hidden', 'cross', 'off-book']) expect(count((event) => event.kind === 'trade' && event.print === print)).toBeGreaterThan(20)
    expect(count((event) => event.kind === 'instrument')).toBeGreaterThan(options.instruments ?? 1)
    expect(count((event) => event.kind === 'delta' && event.bids.length + event.asks.length === 0)).toBeGreaterThan(book === 'l2' ? 20 : -1)
    expect(ticks.filter(({ book: { crossed } }) => crossed).length).toBeGreaterThan(50)
    expect(ticks.filter(({ book: { synced, bidDepth } }) => synced && bidDepth === 0).length).toBeGreaterThan(20)
    expect(ticks.filter(({ book: { synced } }) => !synced).length).toBeGreaterThan(20)
    if (book === 'l3') {
      for (const action of ['add', 'reduce', 'remove', 'fill', 'replace']) expect(count((event) => event.kind === 'order' && event.action === action)).toBeGreaterThan(100)
      expect(count((event) => event.kind === 'snapshot' && event.orders !== undefined)).toBeGreaterThan(5)
    }
    if (levels < Infinity) {
      const scrolls = events.flatMap((event) => {
        if (event.kind === 'order') return event.scrolled ? [...event.scrolled.bids, ...event.scrolled.asks] : []
        return event.kind === 'delta' && event.cause === 'scroll' ? [...event.bids, ...event.asks] : []
      })
      expect(scrolls.filter(([, size]) => size > 0).length).toBeGreaterThan(100)
      expect(scrolls.filter(([price, size]) => size === 0 && Number.isFinite(price)).length).toBeGreaterThan(100)
      expect(scrolls.filter(([price]) => !Number.isFinite(price)).length).toBeGreaterThan(5)
    }
  })
})

describe.each(['l2', 'l3'] as const)('the truth behind %s', (book) => {
  it.each([Infinity, 10, 2])('is what the reference book believes, %d levels', (levels) => {
    const definition: Instrument = {
      id: 'made:TEST', venue: 'made', symbol: 'TEST', kind: 'spot', base: 'TEST', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 0.01, lotSize: 1, multiplier: 1,
    }
    const rates = { gaps: 0.004, snapshots: 0.004, crossed: 0.01, drains: 0.003, trades: 0.05, statuses: 0.005, redefinitions: 0.001, unknownOrders: 0.1, impossible: 0 }
    const observer = naiveBook()
    const random = seededRandom(5)
    let now = 0
    const script = instrumentScript({
      definition, book, levels, rates, random, stamp: () => ({ tsLocal: ++now, tsExchange: now }), emit: (event) => observer.apply(event),
    })
    script.begin()
    for (let step = 0; step < 8000; step++) {
      script.step()
      expect(observer.synced).toBe(script.synced)
      if (!script.synced) continue
      const seen = { bid: [observer.bidKnownDepth, believed(observer, 'bid')], ask: [observer.askKnownDepth, believed(observer, 'ask')] }
      const truth = { bid: trueSide(script.market, 'bid', levels), ask: trueSide(script.market, 'ask', levels) }
      if (!isDeepStrictEqual(seen, truth)) expect(seen).toEqual(truth)
    }
    expect(observer.faults).toBe(0)
    if (book === 'l3') expect(observer.unseenOrders).toBeGreaterThan(50)
    if (book === 'l3' && levels < Infinity) expect(observer.forgottenOrders).toBeGreaterThan(50)
  })
})

it('makes impossible events when asked to, each a fault', () => {
  for (const book of ['l2', 'l3'] as const) {
    const observer = naiveBook()
    for (const event of makeEvents({ seed: 3, events: 10_000, book, rates: { impossible: 0.005 } })) observer.apply(event)
    expect(observer.faults).toBeGreaterThan(20)
    expect(observer.faults).toBeLessThan(80)
  }
})
