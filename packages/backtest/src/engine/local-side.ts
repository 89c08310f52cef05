import type { BookTracker, BookView, EventBatch, Instrument, InstrumentId, Micros } from '@rxlob/core'

/** The markets as they reach us. */
export interface LocalSide {
  /** When the next event that has to be stepped through reaches us; Infinity where none does. */
  readonly time: Micros
  /** Events on their way to us. */
  readonly length: number
  /** An instrument whose events will come. */
  open(batch: EventBatch): void
  /** An event is on its way. */
  push(batch: EventBatch, row: number, seen: Micros): void
  /** Takes the next event in; its book, where somebody may want to see each event. */
  step(): BookTracker | undefined
  /** Brings the books to what has come by now. */
  look(now: Micros): void
  book(instrument: InstrumentId): BookView | undefined
  instruments(): readonly Instrument[]
}
