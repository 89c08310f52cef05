import { BookTracker, seededRandom, type FeedStatus, type InstrumentId, type MarketEvent } from '@rxlob/core'
import { expect } from 'vitest'
import { defineLiveSource, virtualClock, type VirtualClock } from '../../src/index.js'
import { acmeSpec, type AcmeMessage, type AcmeSpecOptions } from './acme-spec.js'
import { acmeVenue, type AcmeOptions, type AcmeVenue } from './acme-venue.js'

export interface AcmeSession {
  readonly clock: VirtualClock
  readonly venue: AcmeVenue
  readonly source: ReturnType<typeof defineLiveSource<AcmeMessage>>
  readonly events: MarketEvent[]
  readonly trackers: Map<InstrumentId, BookTracker>
  readonly errors: unknown[]
  statuses(symbol?: string): FeedStatus[]
  names(symbol?: string): string[]
  /** Sends a message of every symbol each 100 ms of the time that passes. */
  run(micros: number, options?: { readonly except?: readonly string[]; readonly trades?: boolean }): Promise<void>
  synced(symbol: string): boolean
  /** The consumer's book equals the venue's, level by level, or says that it is not valid. */
  expectTruth(symbol: string): void
  stop(): void
}

/** A live source on an exchange in memory, with a consumer that keeps books of its own. */
export function acmeSession(symbols: readonly string[], options: AcmeSpecOptions & Partial<Omit<AcmeOptions, 'clock' | 'symbols'>> = {}): AcmeSession {
  const clock = virtualClock()
  const venue = acmeVenue({ clock, symbols, ...options })
  const source = defineLiveSource(acmeSpec(symbols, options), { clock, random: seededRandom(7), connect: venue.connect, fetch: venue.fetch })
  const events: MarketEvent[] = []
  const errors: unknown[] = []
  const trackers = new Map<InstrumentId, BookTracker>()
  let lastLocal = -Infinity
  const subscription = source.events().subscribe({
    next(event) {
      expect(event.tsLocal).toBeGreaterThanOrEqual(lastLocal)
      lastLocal = event.tsLocal
      events.push(event)
      if (event.kind === 'instrument' && !trackers.has(event.instrument)) trackers.set(event.instrument, new BookTracker(event.definition, event.levels))
      trackers.get(event.instrument)!.apply(event)
    },
    error: (error) => errors.push(error),
  })
  const session: AcmeSession = {
    clock, venue, source, events, trackers, errors,
    statuses: (symbol) => events.filter((event): event is FeedStatus => event.kind === 'status' && (symbol === undefined || event.instrument === `acme:${symbol}`)),
    names: (symbol) => session.statuses(symbol).map(({ status }) => status),
    async run(micros, { except = [], trades = false } = {}) {
      for (let left = micros; left > 0; left -= 100_000) {
        await clock.advance(Math.min(100_000, left))
        for (const symbol of symbols) {
          if (except.includes(symbol)) continue
          venue.move(symbol)
          if (trades) venue.trade(symbol)
        }
      }
    },
    synced: (symbol) => trackers.get(`acme:${symbol}`)?.book.synced ?? false,
    expectTruth(symbol) {
      const { book } = trackers.get(`acme:${symbol}`)!
      if (!book.synced) return
      const { bids, asks } = venue.books.get(symbol)!
      const side = (levels: Map<number, number>, order: 1 | -1): [number, number][] => [...levels].sort(([a], [b]) => order * (a - b))
      const held = (depth: number, ticks: (level: number) => number, lots: (level: number) => number): [number, number][] =>
        Array.from({ length: depth }, (_, level) => [ticks(level), lots(level)])
      expect(held(book.bidDepth, (level) => book.bidTicks(level), (level) => book.bidLots(level))).toEqual(side(bids, -1))
      expect(held(book.askDepth, (level) => book.askTicks(level), (level) => book.askLots(level))).toEqual(side(asks, 1))
    },
    stop: () => subscription.unsubscribe(),
  }
  return session
}
