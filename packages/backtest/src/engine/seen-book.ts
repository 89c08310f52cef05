import { BookTracker, type BookView, type EventBatch, type Instrument, type Lots, type Micros, type Ticks } from '@rxlob/core'
import { EventQueue } from './event-queue.js'
import type { Market } from './market.js'

/** Events. Our own book is copied from the venue's once it lags by so many, and by as many as it has levels: a copy costs as much as these. */
const leastLag = 256

/**
 * One book as it has reached us, for a strategy that looks now and then.
 *
 * While nothing is on its way to us we see what the venue has, and its book is lent: no event is applied twice. Else our own is brought
 * up to what has come.
 */
export class SeenBook implements BookView {
  /** Events on their way to us, by the microsecond of local time at which we see them. */
  readonly coming: EventQueue = new EventQueue()
  private readonly own: BookTracker
  private readonly market: () => Market | undefined
  /** Whose book we see at the moment: our own, or the venue's. */
  private shown: BookTracker
  /** Events that have reached us. */
  private seen = 0
  // Those of them that our own book does not have.
  private readonly batches: EventBatch[] = []
  private readonly rows: number[] = []

  /** @param market The venue's side, once it has begun. */
  constructor(instrument: Instrument, levels: number, market: () => Market | undefined) {
    this.own = this.shown = new BookTracker(instrument, levels)
    this.market = market
  }

  get instrument(): Instrument {
    return this.shown.instrument
  }

  /** Brings what is seen to what has come by now. */
  look(now: Micros): void {
    const { coming, batches, rows, own } = this
    while (coming.time <= now && coming.length > 0) {
      batches.push(coming.batch)
      rows.push(coming.row)
      coming.shift()
      this.seen++
    }
    const market = this.market()
    // Who stands in which queue cannot be copied, so a book of orders is always our own.
    if (market === undefined || market.counts.events !== this.seen || market.tracker.orders !== undefined) {
      this.shown = own
      this.catchUp()
      return
    }
    const { tracker } = market
    this.shown = tracker
    if (rows.length < leastLag || rows.length < tracker.book.bidDepth + tracker.book.askDepth) return
    own.redefine(tracker.instrument, tracker.levels)
    own.book.copy(tracker.book)
    batches.length = rows.length = 0
  }

  private catchUp(): void {
    const { batches, rows, own } = this
    for (let at = 0; at < rows.length; at++) {
      const batch = batches[at]!
      own.redefine(batch.instrument, batch.levels)
      own.applyRows(batch, rows[at]!)
    }
    batches.length = rows.length = 0
  }

  get tickSize(): number {
    return this.shown.book.tickSize
  }
  get lotSize(): number {
    return this.shown.book.lotSize
  }
  get synced(): boolean {
    return this.shown.book.synced
  }
  get crossed(): boolean {
    return this.shown.book.crossed
  }
  get bidDepth(): number {
    return this.shown.book.bidDepth
  }
  get askDepth(): number {
    return this.shown.book.askDepth
  }
  get bidKnownDepth(): number {
    return this.shown.book.bidKnownDepth
  }
  get askKnownDepth(): number {
    return this.shown.book.askKnownDepth
  }
  bidTicks(level: number): Ticks {
    return this.shown.book.bidTicks(level)
  }
  askTicks(level: number): Ticks {
    return this.shown.book.askTicks(level)
  }
  bidLots(level: number): Lots {
    return this.shown.book.bidLots(level)
  }
  askLots(level: number): Lots {
    return this.shown.book.askLots(level)
  }
}
