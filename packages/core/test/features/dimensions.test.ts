import { makeEvents } from '@rxlob/testkit'
import { describe, expect, it } from 'vitest'
import {
  arrivalRates, columnsOf, decayingLevelRates, levelRates, ofi, roundTripCost, seededRandom, spread, sweepPrice, vpin, vpinExact, type Feature, type MarketEvent, type PriceLevel,
} from '../../src/kernel.js'
import { catalogue } from '../catalogue.js'
import { rowsOf } from './rows-of.js'

const streams: readonly (readonly MarketEvent[])[] = [
  makeEvents({ seed: 301, events: 1200, book: 'l2' }),
  makeEvents({ seed: 302, events: 1200, book: 'l3', levels: 10 }),
  makeEvents({ seed: 303, events: 2500, book: 'l3', rates: { gaps: 0.0005, crossed: 0.002, drains: 0.001, trades: 0.2 } }),
]
const spans = ['ticks', 'price'] as const

const withLevels = (levels: readonly PriceLevel[], of: (level: PriceLevel) => PriceLevel): PriceLevel[] => levels.map(of)

/** The same market in other units: sizes times `size`, prices and the tick times `price`, time times `time`. */
function inUnits(events: readonly MarketEvent[], { size = 1, price = 1, time = 1 }: { size?: number; price?: number; time?: number }): MarketEvent[] {
  const level = ([at, lots]: PriceLevel): PriceLevel => [at * price, lots * size]
  const scrolled = (event: Extract<MarketEvent, { kind: 'snapshot' | 'order' }>): object =>
    event.scrolled ? { scrolled: { bids: withLevels(event.scrolled.bids, level), asks: withLevels(event.scrolled.asks, level) } } : {}
  return events.map((event): MarketEvent => {
    const header = { tsExchange: event.tsExchange * time, tsLocal: event.tsLocal * time }
    switch (event.kind) {
      case 'instrument': return { ...event, ...header, definition: { ...event.definition, tickSize: event.definition.tickSize * price } }
      case 'snapshot': {
        const orders = event.orders && { orders: event.orders.map((order) => ({ ...order, price: order.price * price, size: order.size * size })) }
        return { ...event, ...header, ...scrolled(event), ...orders, bids: withLevels(event.bids, level), asks: withLevels(event.asks, level) }
      }
      case 'delta': return { ...event, ...header, bids: withLevels(event.bids, level), asks: withLevels(event.asks, level) }
      case 'trade': return { ...event, ...header, price: event.price * price, size: event.size * size }
      case 'order': return { ...event, ...header, ...scrolled(event), price: event.price * price, size: event.size * size }
      case 'status': return { ...event, ...header }
    }
  })
}

/** Each column of `list` over `events` is that of `other` over `changed`, times `factor` of its name and unit. */
function expectScaled(events: readonly MarketEvent[], list: readonly Feature[], changed: readonly MarketEvent[], other: readonly Feature[], factor: (name: string, unit: string) => number): void {
  const [rows, seen] = [rowsOf(events, list), rowsOf(changed, other)]
  expect(seen).toHaveLength(rows.length)
  columnsOf(list).forEach(({ name, unit }, column) => {
    const by = factor(name, unit)
    let numbers = 0
    rows.forEach((row, at) => {
      const [expected, got] = [row[column]! * by, seen[at]![column]!]
      if (!Number.isNaN(expected)) numbers++
      // To 1e-9 of the size of what goes in: differences that vanish leave rounding behind.
      const near = Object.is(expected, got) || (expected === 0 && got === 0) || Math.abs(expected - got) <= 1e-9 * Math.max(Math.abs(expected), unit === 'log-return' || unit === 'ratio' ? 1e-5 : 1e-3 * by)
      if (!near) expect.fail(`${name}, row ${at}: expected ${expected}, got ${got}`)
    })
    if (numbers === 0 && /^(ofi|spread|mid)/.test(name)) expect.fail(`${name} has no number`)
  })
}

/** Logarithms of sizes, thresholds of one lot and size options of their own: not of one degree in sizes. */
const notOfSizes = /^log_ofi|elasticity|queue_(ahead|advance)_(power|log)|sweep|round_trip|^vpin/
/** Thresholds in ticks or basis points do not come with the unit of prices; both tick and price do. */
const perLot = /^kyle_lambda|^amihud/

describe('sizes four times as large', () => {
  it.each(streams.map((events, stream) => ({ stream, events })))('make lots four times as many and nothing else different, stream $stream', ({ events }) => {
    const list = catalogue.filter(({ columns }) => !columns.some(({ name }) => notOfSizes.test(name)))
    expect(list.length).toBeGreaterThan(70)
    expectScaled(events, list, inUnits(events, { size: 4 }), list, (name, unit) => (perLot.test(name) ? 1 / 4 : unit === 'lots' ? 4 : 1))
  })

  it('leave features whose own sizes grow likewise', () => {
    const sized = (k: number): Feature[] => [
      vpin({ bucketLots: 60 * k, buckets: 4, ticks: 7, sigmaTicks: 2 }), vpinExact({ bucketLots: 60 * k, buckets: 4 }), sweepPrice({ lots: 60 * k, levels: 5 }), roundTripCost({ lots: 60 * k, levels: 5 }),
    ]
    for (const events of streams) expectScaled(events, sized(1), inUnits(events, { size: 4 }), sized(4), (_, unit) => (unit === 'lots' ? 4 : 1))
  })
})

describe('prices and ticks twice as large', () => {
  it.each(streams.map((events, stream) => ({ stream, events })))('make prices twice as large and nothing else different, stream $stream', ({ events }) => {
    expectScaled(events, catalogue, inUnits(events, { price: 2 }), catalogue, (name, unit) => (name.startsWith('amihud') ? 1 / 2 : unit === spans[1] ? 2 : 1))
  })
})

describe('time twice as slow', () => {
  const timed = (k: number): Feature[] => [arrivalRates({ micros: 1_000_000 * k }), levelRates({ micros: 2_000_000 * k, distances: 2 }), decayingLevelRates({ tauMicros: 1_000_000 * k, distances: 2 })]

  it('halves rates and changes nothing that counts rows', () => {
    for (const events of streams) {
      const slow = inUnits(events, { time: 2 })
      expectScaled(events, timed(1), slow, timed(2), () => 1 / 2)
      const rows = catalogue.filter(({ fingerprint, columns }) => !/micros|hawkes/i.test(fingerprint) && !columns.some(({ unit }) => unit === 'per-second'))
      expect(rows.length).toBeGreaterThan(40)
      expectScaled(events, rows, slow, rows, () => 1)
    }
  })
})

describe('order', () => {
  function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
    const mixed = [...items]
    for (let at = mixed.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1))
      ;[mixed[at], mixed[other]] = [mixed[other]!, mixed[at]!]
    }
    return mixed
  }

  it('within the levels of one event does not matter', () => {
    const random = seededRandom(5)
    const events = streams[0]!
    // Absolute sizes at different prices, applied together; a repeated price would be another book.
    const mixed = events.map((event) => (event.kind === 'delta' && new Set(event.bids.map(([price]) => price)).size === event.bids.length ? { ...event, bids: shuffled(event.bids, random), asks: shuffled(event.asks, random) } : event))
    expect(mixed.some((event, at) => JSON.stringify(event) !== JSON.stringify(events[at]))).toBe(true)
    expectScaled(events, catalogue, mixed, catalogue, () => 1)
  })

  it('of the features in a panel does not matter', () => {
    const random = seededRandom(6)
    const mixed = shuffled(catalogue, random)
    const events = streams[2]!
    const [rows, seen] = [rowsOf(events, catalogue), rowsOf(events, mixed)]
    const place = new Map(columnsOf(mixed).map(({ name }, at) => [name, at]))
    columnsOf(catalogue).forEach(({ name }, column) => expect([name, seen.map((row) => row[place.get(name)!])]).toEqual([name, rows.map((row) => row[column])]))
  })

  it('of the events does matter to flows and not to the book that they lead to', () => {
    const at = { instrument: 'made:X', tsExchange: 0, tsLocal: 0 } as const
    const definition = { id: 'made:X', venue: 'made', symbol: 'X', kind: 'spot', base: 'X', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 1, lotSize: 1, multiplier: 1 } as const
    const lead: MarketEvent[] = [{ kind: 'instrument', ...at, definition, levels: Infinity }, { kind: 'snapshot', ...at, bids: [[100, 5]], asks: [[102, 4]] }]
    const [rise, cut]: MarketEvent[] = [{ kind: 'delta', ...at, bids: [[101, 2]], asks: [] }, { kind: 'delta', ...at, bids: [[100, 1]], asks: [] }]
    const [one, other] = [rowsOf([...lead, rise!, cut!], [ofi(), spread()]), rowsOf([...lead, cut!, rise!], [ofi(), spread()])]
    expect([one.map(([flow]) => flow), other.map(([flow]) => flow)]).toEqual([[NaN, 2, 0], [NaN, -4, 2]])
    expect(one.at(-1)![1]).toBe(other.at(-1)![1])
  })
})
