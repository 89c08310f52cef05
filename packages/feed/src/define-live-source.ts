import { LobError, type BatchOptions, type BookTracker, type EventBatch, type MarketEvent, type Source } from '@rxlob/core'
import { Observable } from 'rxjs'
import { budgets, type Budgets } from './budget.js'
import { eventRows } from './event-rows.js'
import { liveRun } from './live-run.js'
import type { LiveSourceSpec } from './live-source-spec.js'
import type { Outside } from './outside.js'
import { pullBatches, type SlowConsumerOptions } from './pull-batches.js'
import { systemClock } from './system-clock.js'
import { webSocketClient } from './web-socket-client.js'
import type { WireItem } from './wire-item.js'

/** A source with a venue behind it. */
export interface LiveSource<Raw = unknown> extends Source {
  /** What the venue is like: `replay` reads recordings by it. */
  readonly spec: LiveSourceSpec<Raw>
  /**
   * Everything that comes in, as it comes: what `record` writes down. Cold: a subscription has connections of its own; `onEvent` gets
   * the events of these same connections.
   */
  wire(onEvent?: (event: MarketEvent) => void): Observable<WireItem>
  /** One batch a message, lent for the call: book messages are scanned from the bytes where the venue has a scanner. */
  frames(): Observable<EventBatch>
  /**
   * The book that the source keeps to watch itself, after each event of its instrument, statuses and metadata included: lent for the call,
   * to be read and not written. One book where a reader of `frames()` keeps a second; `features` takes it.
   */
  ticks(): Observable<BookTracker>
  /** Pulled by the reader; what gives way when it is slow is said by `slow`. Default: the network waits (`block`). */
  batches(options?: BatchOptions & { readonly slow?: SlowConsumerOptions }): AsyncIterable<EventBatch>
}

/**
 * A source from what is particular to a venue. Everything else is here: connections that are watched, replaced before the venue closes
 * them and reopened with jitter; snapshots within the request budget; every message checked for continuity; faults told in-band.
 *
 * @throws {LobError} LOB_BAD_OPTION where the spec names no symbol.
 */
export function defineLiveSource<Raw>(spec: LiveSourceSpec<Raw>, outside: Outside = {}): LiveSource<Raw> {
  if (spec.symbols.length === 0) throw new LobError('LOB_BAD_OPTION', 'Option symbols: expected at least one symbol, got none.')
  const real = realised(outside)

  return {
    contract: 1,
    name: spec.name,
    supports: spec.supports,
    spec,
    events: () =>
      new Observable<MarketEvent>((subscriber) => {
        const run = liveRun(spec, real, { event: (event) => subscriber.next(event), error: (error) => subscriber.error(error) })
        return () => run.stop()
      }),
    frames: () =>
      new Observable<EventBatch>((subscriber) => {
        const rows = eventRows((batch) => subscriber.next(batch))
        const run = liveRun(spec, real, { event: rows, columns: (batch) => subscriber.next(batch), error: (error) => subscriber.error(error) })
        return () => run.stop()
      }),
    ticks: () =>
      new Observable<BookTracker>((subscriber) => {
        const run = liveRun(spec, real, { event: () => {}, tick: (book) => subscriber.next(book), error: (error) => subscriber.error(error) })
        return () => run.stop()
      }),
    wire: (onEvent = () => {}) =>
      new Observable<WireItem>((subscriber) => {
        const run = liveRun(spec, real, { event: onEvent, item: (item) => subscriber.next(item), error: (error) => subscriber.error(error) })
        return () => run.stop()
      }),
    batches: ({ from, signal, slow } = {}) => {
      if (from !== undefined) throw new LobError('LOB_BAD_OPTION', `Option from: ${spec.name} is live and cannot begin in the past; replay a recording instead.`)
      return pullBatches((observer) => liveRun(spec, real, observer), { ...slow, ...(signal && { signal }) })
    },
  }
}

let shared: { readonly clock: ReturnType<typeof systemClock>; readonly budgets: Budgets } | undefined

/** The real thing for every part that is left out. */
function realised(outside: Outside): Required<Outside> {
  shared ??= (() => {
    const clock = systemClock()
    return { clock, budgets: budgets(clock) }
  })()
  const clock = outside.clock ?? shared.clock
  return {
    clock,
    random: outside.random ?? Math.random,
    connect: outside.connect ?? webSocketClient(),
    fetch: outside.fetch ?? ((...request) => globalThis.fetch(...request)),
    // Budgets of another clock would never open again.
    budgets: outside.budgets ?? (outside.clock === undefined ? shared.budgets : budgets(clock)),
  }
}
