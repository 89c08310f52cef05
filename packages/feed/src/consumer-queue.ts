import type { BookDelta, BookSnapshot, InstrumentId, MarketEvent, PriceLevel } from '@rxlob/core'

/** `produced = delivered + conflated + dropped + waiting`, always. */
export interface ConsumerCounts {
  produced: number
  delivered: number
  /** Book events that a later one of the same book stands for. */
  conflated: number
  /** Lost to the reader, each told by a `dropped` status. */
  dropped: number
}

/**
 * What gives way when the reader is slow. `block`: the network, and in the end the venue, which may close the connection.
 * `conflate`: book differences merge into one; trades that find no room are dropped and marked. `drop`: everything that finds
 * no room is dropped, marked by a `dropped` status and followed by a snapshot of the book as it is then.
 */
export type SlowPolicy = 'block' | 'conflate' | 'drop'

export interface ConsumerQueueOptions {
  readonly policy: SlowPolicy
  /** Events that may wait. */
  readonly capacity: number
  /** The book as it is now, as events; none where it is not valid. */
  bookNow(instrument: InstrumentId): readonly MarketEvent[]
}

/** Events between a source that cannot wait and a reader that can. */
export interface ConsumerQueue {
  readonly counts: Readonly<ConsumerCounts>
  /** Events that wait. */
  readonly length: number
  push(event: MarketEvent): void
  /** Everything that waits, in `tsLocal` order, with marks for what was lost. */
  drain(): readonly MarketEvent[]
}

/** What became of one instrument's events after the queue was full. */
interface Overflow {
  /** The last snapshot, which replaced all before it, and the merged differences since. */
  snapshot: BookSnapshot | undefined
  delta: BookDelta | undefined
  droppedBook: number
  droppedTrades: number
  last: MarketEvent
}

export function consumerQueue({ policy, capacity, bookNow }: ConsumerQueueOptions): ConsumerQueue {
  const counts: ConsumerCounts = { produced: 0, delivered: 0, conflated: 0, dropped: 0 }
  let queue: MarketEvent[] = []
  /** Statuses and metadata are never lost, however full it is: they are few. */
  let kept: MarketEvent[] = []
  let overflow = new Map<InstrumentId, Overflow>()
  let waiting = 0

  function overflowOf(event: MarketEvent): Overflow {
    let known = overflow.get(event.instrument)
    if (known === undefined) {
      known = { snapshot: undefined, delta: undefined, droppedBook: 0, droppedTrades: 0, last: event }
      overflow.set(event.instrument, known)
    }
    known.last = event
    return known
  }
  function drop(into: Overflow, channel: 'droppedBook' | 'droppedTrades', events: number): void {
    into[channel] += events
    counts.dropped += events
  }

  function pushOver(event: MarketEvent): void {
    if (event.kind === 'status' || event.kind === 'instrument') {
      // A book that starts again makes what was merged before meaningless.
      const known = overflow.get(event.instrument)
      if (known !== undefined && restarts(event)) {
        const meaningless = held(known)
        known.snapshot = known.delta = undefined
        waiting -= meaningless
        counts.conflated += meaningless
      }
      kept.push(event)
      waiting++
      return
    }
    const into = overflowOf(event)
    if (event.kind === 'trade') drop(into, 'droppedTrades', 1)
    else if (policy === 'drop' || event.kind === 'order') drop(into, 'droppedBook', 1)
    else if (event.kind === 'snapshot') {
      counts.conflated += held(into)
      waiting += 1 - held(into)
      into.snapshot = event
      into.delta = undefined
    } else if (into.delta === undefined) {
      into.delta = event
      waiting++
    } else {
      into.delta = merged(into.delta, event)
      counts.conflated++
    }
  }

  function* overflowed(): Generator<MarketEvent, void, void> {
    for (const [instrument, { snapshot, delta, droppedBook, droppedTrades, last }] of overflow) {
      const { tsExchange, tsLocal } = last
      if (droppedBook + droppedTrades > 0) {
        const channel = droppedTrades === 0 ? 'book' : droppedBook === 0 ? 'trades' : 'all'
        yield { kind: 'status', instrument, tsExchange, tsLocal, status: 'dropped', channel, count: droppedBook + droppedTrades, reason: 'slow reader' }
      }
      if (droppedBook > 0) {
        for (const event of bookNow(instrument)) yield { ...event, tsLocal }
      } else {
        if (snapshot !== undefined) yield snapshot
        if (delta !== undefined) yield delta
      }
    }
  }

  return {
    counts,
    get length() {
      return waiting
    },
    push(event) {
      counts.produced++
      if (policy !== 'block' && (queue.length >= capacity || overflow.size > 0)) pushOver(event)
      else {
        queue.push(event)
        waiting++
      }
    },
    drain() {
      counts.delivered += waiting
      const late = [...kept, ...overflowed()].sort((a, b) => a.tsLocal - b.tsLocal)
      for (const known of overflow.values()) {
        // What a fresh snapshot stands for was not delivered after all.
        if (known.droppedBook === 0) continue
        counts.delivered -= held(known)
        counts.conflated += held(known)
      }
      const all = late.length === 0 ? queue : [...queue, ...late]
      queue = []
      kept = []
      overflow = new Map()
      waiting = 0
      return all
    },
  }
}

const restarts = (event: MarketEvent): boolean =>
  event.kind === 'instrument' || (event.kind === 'status' && event.channel !== 'trades' && ['disconnected', 'gap', 'stale', 'dropped', 'session'].includes(event.status))

/** The later sizes win; a price keeps one entry. */
function merged(earlier: BookDelta, later: BookDelta): BookDelta {
  const side = (before: readonly PriceLevel[], after: readonly PriceLevel[]): PriceLevel[] => [...new Map([...before, ...after])]
  return { ...later, bids: side(earlier.bids, later.bids), asks: side(earlier.asks, later.asks) }
}

const held = ({ snapshot, delta }: Overflow): number => (snapshot === undefined ? 0 : 1) + (delta === undefined ? 0 : 1)
