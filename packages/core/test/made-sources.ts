import { batchesOf, eventsToBatch, type EventBatch, type InstrumentEvent, type InstrumentId, type MarketEvent, type Source, type SourceCapabilities } from '@rxlob/core'
import { makeEvents, type EventRates } from '@rxlob/testkit'
import fc from 'fast-check'
import { asapScheduler, from, observeOn, type Observable } from 'rxjs'

const replay: SourceCapabilities = { timing: 'replay', book: 'l3', levels: Infinity, trades: true, detects: { gaps: true, staleness: false, lostTrades: true } }

/** A source that only pushes. */
export const pushSource = (events: () => Observable<MarketEvent>, supports: Partial<SourceCapabilities> = {}): Source => ({
  contract: 1, name: 'push', supports: { ...replay, ...supports }, events,
})

export const eventSource = (events: readonly MarketEvent[], how: 'at once' | 'later' = 'at once'): Source =>
  pushSource(() => (how === 'at once' ? from(events) : from(events).pipe(observeOn(asapScheduler))))

/** A source that has batches and forgets its events. */
export const batchSource = (batches: Iterable<EventBatch>, name = 'batches'): Source => ({
  contract: 1,
  name,
  supports: replay,
  events: () => {
    throw new Error('batches are there')
  },
  async *batches() {
    yield* batches
  },
})

export async function all<T>(iterable: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = []
  for await (const item of iterable) items.push(item)
  return items
}

/** Batches of about `rows` rows, cut where the instrument changes. */
export const batchesFrom = (events: readonly MarketEvent[], rows: number): Promise<EventBatch[]> => all(batchesOf(eventSource(events), { rows }))

/** Each instrument's events in batches of so many events. */
export function batchesByInstrument(events: readonly MarketEvent[], eventsABatch: number): EventBatch[][] {
  const byInstrument = new Map<InstrumentId, EventBatch[]>()
  const openings = new Map<InstrumentId, InstrumentEvent>()
  const gatherers = new Map<InstrumentId, { gatherer: ReturnType<typeof eventsToBatch>; count: number }>()
  const flush = (id: InstrumentId): void => {
    const held = gatherers.get(id)
    if (held !== undefined && held.count > 0) byInstrument.get(id)!.push(held.gatherer.take())
    gatherers.set(id, { gatherer: eventsToBatch(openings.get(id)!), count: 0 })
  }
  for (const event of events) {
    if (event.kind === 'instrument') {
      if (!byInstrument.has(event.instrument)) byInstrument.set(event.instrument, [])
      if (openings.has(event.instrument)) flush(event.instrument)
      openings.set(event.instrument, event)
      flush(event.instrument)
      continue
    }
    const held = gatherers.get(event.instrument)!
    held.gatherer.push(event)
    if (++held.count === eventsABatch) flush(event.instrument)
  }
  for (const id of byInstrument.keys()) flush(id)
  return [...byInstrument.values()]
}

export interface MadeStreamOptions {
  readonly events?: number
  readonly instruments?: number
  /** Least levels of a window. Default 1. */
  readonly minLevels?: number
  readonly rates?: Partial<EventRates>
}

/** Streams of everything that makes real ones hard. */
export const madeStream = ({ events = 300, instruments = 1, minLevels = 1, rates = {} }: MadeStreamOptions = {}): fc.Arbitrary<MarketEvent[]> =>
  fc
    .record({
      seed: fc.integer({ min: 0, max: 2 ** 31 }),
      events: fc.integer({ min: 60, max: events }),
      book: fc.constantFrom('l2' as const, 'l3' as const),
      levels: fc.oneof(fc.integer({ min: minLevels, max: minLevels + 10 }), fc.constant(Infinity)),
      instruments: fc.integer({ min: 1, max: instruments }),
    })
    .map((options) => makeEvents({ ...options, rates: { gaps: 0.01, snapshots: 0.01, statuses: 0.03, redefinitions: 0.005, impossible: 0.005, trades: 0.15, ...rates } }))

/** As `batchToEvents` gives them: without trade ids and text keys, empty lists and what is the default. */
export function canonical(event: MarketEvent): MarketEvent {
  const copy: Record<string, unknown> = { ...event }
  delete copy.id
  delete copy.orderKey
  if (copy.cause === 'set') delete copy.cause
  if (Array.isArray(copy.orders) && copy.orders.length === 0) delete copy.orders
  const scrolled = copy.scrolled as { bids: unknown[]; asks: unknown[] } | undefined
  if (scrolled !== undefined && scrolled.bids.length + scrolled.asks.length === 0) delete copy.scrolled
  return copy as unknown as MarketEvent
}
