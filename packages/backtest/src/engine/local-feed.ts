import { BookTracker, type BookView, type EventBatch, type Instrument, type InstrumentId, type Micros } from '@rxlob/core'
import { EventQueue } from './event-queue.js'
import type { LocalSide } from './local-side.js'

/** Every event as it reaches us, one by one over all instruments: for strategies and features that see each. */
export class LocalFeed implements LocalSide {
  private readonly queue = new EventQueue()
  private readonly trackers = new Map<InstrumentId, BookTracker>()
  private last: BookTracker | undefined

  get time(): Micros {
    return this.queue.time
  }

  get length(): number {
    return this.queue.length
  }

  open(batch: EventBatch): void {
    this.trackerOf(batch)
  }

  push(batch: EventBatch, row: number, seen: Micros): void {
    this.queue.push(batch, row, seen)
  }

  step(): BookTracker {
    const { queue } = this
    const { batch, row, time } = queue
    queue.shift()
    const tracker = this.trackerOf(batch)
    tracker.redefine(batch.instrument, batch.levels)
    tracker.applyRows(batch, row)
    tracker.tsLocal = time
    return tracker
  }

  look(): void {}

  book(instrument: InstrumentId): BookView | undefined {
    return this.trackers.get(instrument)?.book
  }

  instruments(): readonly Instrument[] {
    return [...this.trackers.values()].map(({ instrument }) => instrument)
  }

  private trackerOf(batch: EventBatch): BookTracker {
    const { last } = this
    if (last !== undefined && last.instrument.id === batch.instrument.id) return last
    let tracker = this.trackers.get(batch.instrument.id)
    if (tracker === undefined) {
      tracker = new BookTracker(batch.instrument, batch.levels)
      this.trackers.set(batch.instrument.id, tracker)
    }
    return (this.last = tracker)
  }
}
