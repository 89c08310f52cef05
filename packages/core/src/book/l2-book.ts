import type { Instrument } from '../instrument.js'
import type { Lots, Ticks } from '../units.js'
import type { BookView } from './book-view.js'
import { SideLevels } from './side-levels.js'

/** A book by price level. Reading it never throws; writing it is the tracker's business. */
export class L2Book implements BookView {
  readonly tickSize: number
  readonly lotSize: number
  readonly bids: SideLevels = new SideLevels(1)
  readonly asks: SideLevels = new SideLevels(-1)
  synced = false
  /** As of the end of the last event: an event in the middle of its writes may cross and uncross. */
  crossed = false

  constructor(instrument: Pick<Instrument, 'tickSize' | 'lotSize'>) {
    this.tickSize = instrument.tickSize
    this.lotSize = instrument.lotSize
  }

  get bidDepth(): number {
    return this.bids.length
  }
  get askDepth(): number {
    return this.asks.length
  }
  get bidKnownDepth(): number {
    return this.bids.known
  }
  get askKnownDepth(): number {
    return this.asks.known
  }
  bidTicks(level: number): Ticks {
    return this.bids.ticks(level)
  }
  askTicks(level: number): Ticks {
    return this.asks.ticks(level)
  }
  bidLots(level: number): Lots {
    return this.bids.lots(level)
  }
  askLots(level: number): Lots {
    return this.asks.lots(level)
  }

  /** Closes an event. */
  settle(): void {
    this.crossed = this.bids.ticks(0) >= this.asks.ticks(0)
  }

  /** Forgets what lies past so many levels of a side and beyond what is known. */
  prune(most: number): void {
    if (this.bids.length > most) this.bids.prune(most)
    if (this.asks.length > most) this.asks.prune(most)
  }

  /** Becomes as another book of the same grid is. Cost: O(levels). */
  copy(from: L2Book): void {
    this.bids.copy(from.bids)
    this.asks.copy(from.asks)
    this.synced = from.synced
    this.crossed = from.crossed
  }

  /** Empties the book and knows nothing until the next snapshot. */
  unsync(): void {
    this.bids.clear()
    this.asks.clear()
    this.synced = false
  }
}
