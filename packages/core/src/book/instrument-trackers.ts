import { RowFlag, type EventBatch } from '../batch/event-batch.js'
import { LobError } from '../errors.js'
import type { MarketEvent } from '../events.js'
import type { Instrument, InstrumentId } from '../instrument.js'
import { BookTracker } from './book-tracker.js'

/** A tracker an instrument, with whatever is kept beside it. */
export interface InstrumentTrackers<Kept> {
  /** Applies one event, or every event of a batch, and calls back after each. A tracker has applied its event already: it is read, not kept twice. */
  accept(input: MarketEvent | EventBatch | BookTracker, onEvent: (tracker: BookTracker, kept: Kept) => void): void
}

/**
 * Keeps the books of all instruments in one stream of events or batches.
 *
 * @param open Makes what is kept beside a new tracker.
 * @throws {LobError} LOB_BAD_MESSAGE from `accept` where an event comes before its instrument, or an instrument's events come beside a tracker of it.
 */
export function instrumentTrackers<Kept>(open: (tracker: BookTracker) => Kept): InstrumentTrackers<Kept> {
  interface Entry {
    readonly tracker: BookTracker
    readonly kept: Kept
    /** The tracker is its source's: nothing may be applied to it here. */
    readonly lent: boolean
  }
  const entries = new Map<InstrumentId, Entry>()
  // Streams of one instrument pay no look-up.
  let lastId: InstrumentId | undefined
  let last: Entry | undefined

  function define(instrument: Instrument, levels: number): Entry {
    let entry = entries.get(instrument.id)
    if (entry === undefined) {
      const tracker = new BookTracker(instrument, levels)
      entry = { tracker, kept: open(tracker), lent: false }
      entries.set(instrument.id, entry)
    }
    if (entry.lent) throw twoBooks(instrument.id)
    lastId = instrument.id
    last = entry
    return entry
  }
  function entryOf(event: MarketEvent): Entry {
    if (event.kind === 'instrument') return define(event.definition, event.levels)
    if (event.instrument === lastId) return last!
    const entry = entries.get(event.instrument)
    if (entry === undefined) {
      throw new LobError('LOB_BAD_MESSAGE', `Expected an instrument event of ${event.instrument} before its first ${event.kind}.`, { stream: event.instrument })
    }
    if (entry.lent) throw twoBooks(event.instrument)
    lastId = event.instrument
    last = entry
    return entry
  }
  function lend(tracker: BookTracker): Entry {
    if (last?.tracker === tracker) return last
    const { id } = tracker.instrument
    let entry = entries.get(id)
    if (entry === undefined) {
      entry = { tracker, kept: open(tracker), lent: true }
      entries.set(id, entry)
    }
    if (entry.tracker !== tracker) throw twoBooks(id)
    // Events of this instrument must be looked up, and are refused there.
    lastId = undefined
    last = entry
    return entry
  }

  return {
    accept(input, onEvent) {
      // Events name their instrument, the others hold it. To look for fields that an event lacks takes long, over shapes of all kinds very long.
      if (isEvent(input)) {
        const { tracker, kept } = entryOf(input)
        tracker.apply(input)
        onEvent(tracker, kept)
        return
      }
      if ('book' in input) {
        onEvent(input, lend(input).kept)
        return
      }
      const { tracker, kept } = define(input.instrument, input.levels)
      tracker.redefine(input.instrument, input.levels)
      for (let row = 0; row < input.length; ) {
        row = tracker.applyRows(input, row)
        onEvent(tracker, kept)
      }
    },
  }
}

/** One without an instrument, which no type allows, is told from the others by its fields, and refused as an event. */
const isEvent = (input: MarketEvent | EventBatch | BookTracker): input is MarketEvent => typeof input.instrument === 'string' || ('kind' in input && !('book' in input))

const twoBooks = (id: InstrumentId): LobError =>
  new LobError('LOB_BAD_MESSAGE', `Expected events of ${id} or the book of one source, got both or two books: merge events, and lend a book to one reader alone.`, { stream: id })

/** Events in a batch: an upper bound of the rows that it makes. */
export function countEvents(batch: EventBatch): number {
  let events = 0
  for (let row = 0; row < batch.length; row++) events += batch.flags[row]! & RowFlag.last
  // The tracker closes an event that nobody closed.
  return batch.length > 0 && (batch.flags[batch.length - 1]! & RowFlag.last) === 0 ? events + 1 : events
}
