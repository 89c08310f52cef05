import type { OperatorFunction } from 'rxjs'
import type { EventBatch } from '../batch/event-batch.js'
import type { BookTracker } from '../book/book-tracker.js'
import { frozenTick, type FrozenTick } from '../book/frozen-tick.js'
import { instrumentTrackers } from '../book/instrument-trackers.js'
import type { MarketEvent } from '../events.js'
import { integerOption } from '../option-range.js'
import { operate } from './operate.js'

export interface TrackBookOptions {
  /** Levels per side to copy, 1 or more. Default 10. */
  readonly depth?: number
}

/**
 * Applies events to books and emits, for each snapshot, delta, trade and order event, a tick that may be kept.
 * The first `depth` levels are a copy, which costs about 1 us an event: `features` needs none.
 *
 * @throws {LobError} LOB_BAD_OPTION where `depth` is not an integer of 1 or more.
 */
export function trackBook(options: TrackBookOptions = {}): OperatorFunction<MarketEvent | EventBatch | BookTracker, FrozenTick> {
  const depth = integerOption('depth', options.depth ?? 10, 1)
  return operate((subscriber) => {
    const trackers = instrumentTrackers(() => undefined)
    return {
      next: (input) =>
        trackers.accept(input, (tracker) => {
          if (tracker.ticked) subscriber.next(frozenTick(tracker, depth))
        }),
    }
  })
}
