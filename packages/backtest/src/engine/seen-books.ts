import type { BookView, EventBatch, Instrument, InstrumentId, Micros } from '@rxlob/core'
import type { LocalSide } from './local-side.js'
import type { Market } from './market.js'
import { SeenBook } from './seen-book.js'

/** The books as they have reached us, for a strategy that is called by timers and reports alone: nobody steps through the events. */
export class SeenBooks implements LocalSide {
  /** The first event starts the strategy; after it none is waited for. */
  time: Micros = Infinity
  private started = false
  private readonly books = new Map<InstrumentId, SeenBook>()
  private readonly all: SeenBook[] = []
  private readonly markets: ReadonlyMap<InstrumentId, Market>
  private last: SeenBook | undefined

  constructor(markets: ReadonlyMap<InstrumentId, Market>) {
    this.markets = markets
  }

  get length(): number {
    return this.all.reduce((sum, { coming }) => sum + coming.length, 0)
  }

  open(batch: EventBatch): void {
    const { id } = batch.instrument
    let book = this.books.get(id)
    if (book === undefined) {
      book = new SeenBook(batch.instrument, batch.levels, () => this.markets.get(id))
      this.books.set(id, book)
      this.all.push(book)
    }
    this.last = book
  }

  /** Of the batch that was opened last. */
  push(batch: EventBatch, row: number, seen: Micros): void {
    this.last!.coming.push(batch, row, seen)
    if (!this.started && seen < this.time) this.time = seen
  }

  step(): undefined {
    this.started = true
    this.look(this.time)
    this.time = Infinity
  }

  look(now: Micros): void {
    for (const book of this.all) book.look(now)
  }

  book(instrument: InstrumentId): BookView | undefined {
    return this.books.get(instrument)
  }

  instruments(): readonly Instrument[] {
    return this.all.map(({ instrument }) => instrument)
  }
}
