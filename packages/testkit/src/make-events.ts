import { seededRandom, type Instrument, type MarketEvent, type Random } from '@rxlob/core'
import { instrumentScript, type EventStamp } from './instrument-script.js'

/** How often something happens, as a probability an event. */
export interface EventRates {
  /** `gap`, `disconnected`, `stale`, `dropped` or `session`; some events still arrive, then a snapshot. Default 0.004. */
  readonly gaps: number
  /** A snapshot that nothing called for. Default 0.004. */
  readonly snapshots: number
  /** A level or order at or through the other side; the book is put right some events later. Default 0.01. */
  readonly crossed: number
  /** The start of a run of events that empties one side. Default 0.003. */
  readonly drains: number
  /** Prints: regular, hidden between ticks, crosses, off the book; of known and unknown takers. Default 0.08. */
  readonly trades: number
  /** Statuses that start nothing again: halts, `crossed`, `refused`, gaps of the trades alone. Default 0.006. */
  readonly statuses: number
  /** New metadata with another tick size, which starts the book again. Default 0.0005. */
  readonly redefinitions: number
  /** Changes to order ids that no event has shown. Level 3 only. Default 0.05. */
  readonly unknownOrders: number
  /** Events that cannot be true: a level below zero, an unknown order replaced, a price off the grid. Default 0. */
  readonly impossible: number
}

export interface MakeEventsOptions {
  /** The same seed gives the same events on every machine. */
  readonly seed: number
  /** How many events to make. */
  readonly events: number
  /** Levels or orders. Default `l2`. */
  readonly book?: 'l2' | 'l3'
  /** Instruments interleaved in the stream. Default 1. */
  readonly instruments?: number
  /** Levels per side that are shown: a window of fixed depth with levels that scroll. Default Infinity. */
  readonly levels?: number
  readonly rates?: Partial<EventRates>
}

const defaultRates: EventRates = {
  gaps: 0.004, snapshots: 0.004, crossed: 0.01, drains: 0.003, trades: 0.08,
  statuses: 0.006, redefinitions: 0.0005, unknownOrders: 0.05, impossible: 0,
}

/**
 * A made-up but valid stream of market events with everything that makes real ones hard: snapshots in mid-stream, gaps with
 * stragglers behind them, crossed and one-sided and empty books, hidden prints, replaced orders, order ids never seen, halts,
 * changed tick sizes, equal timestamps, exchange clocks that step back, and windows of fixed depth whose far end scrolls.
 *
 * Each instrument begins with its `instrument` event and a snapshot, and ends with `ended`. `tsLocal` never goes back.
 *
 * @example
 * const book = naiveBook()
 * for (const event of makeEvents({ seed: 7, events: 10_000, book: 'l3', levels: 10 })) book.apply(event)
 */
export function makeEvents(options: MakeEventsOptions): MarketEvent[] {
  const { seed, events: wanted, book = 'l2', instruments = 1, levels = Infinity } = options
  const random = seededRandom(seed)
  const rates = { ...defaultRates, ...options.rates }
  const events: MarketEvent[] = []
  let now = 1_700_000_000_000_000

  const stamp = (): EventStamp => {
    // Half the events share a microsecond with the one before, as bursts do.
    if (random() < 0.5) now += Math.floor(random() ** 4 * 200_000)
    return { tsLocal: now, tsExchange: now - Math.floor(random() * 3000), ...(random() < 0.3 && { nanos: Math.floor(random() * 1000) }) }
  }
  const scripts = Array.from({ length: instruments }, (_, number) => {
    const emit = (event: MarketEvent): void => void events.push(event)
    return instrumentScript({ definition: madeUpInstrument(number, random), book, levels, rates, random, stamp, emit })
  })

  for (const script of scripts) script.begin()
  while (events.length + scripts.length < wanted) scripts[Math.floor(random() * scripts.length)]!.step()
  events.length = Math.max(scripts.length, wanted - scripts.length)
  for (const script of scripts) script.end()
  return events
}

const grids = [[0.01, 1], [0.1, 0.001], [0.25, 1], [1e-8, 1], [0.0005, 0.01], [5, 0.00001]] as const

function madeUpInstrument(number: number, random: Random): Instrument {
  const [tickSize, lotSize] = grids[Math.floor(random() * grids.length)]!
  const symbol = `TEST${number}`
  return {
    id: `made:${symbol}`, venue: 'made', symbol, kind: 'spot', base: symbol, quote: 'USD', settle: 'USD',
    contract: 'linear', tickSize, lotSize, multiplier: 1,
  }
}
