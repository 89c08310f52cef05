import type { BookView } from '../book/book-view.js'
import type { Lots, Ticks } from '../units.js'

/** What a market order would get: plain data, written in place. */
export interface BookSweep {
  /** Mean price of what is filled, NaN where nothing is. */
  ticks: Ticks
  /** What the levels read could not fill. */
  unfilled: Lots
}

/** A walk through one side of the book, best level first. Both numbers are NaN where it leads beyond the known depth. */
export const bookSweep = {
  init: (): BookSweep => ({ ticks: NaN, unfilled: NaN }),

  /** `side` is that of the resting orders: -1, the asks, for a buyer. */
  walk(sweep: BookSweep, book: BookView, side: 1 | -1, lots: Lots, levels: number): void {
    const best = side === 1 ? book.bidTicks(0) : book.askTicks(0)
    let left = lots
    let distance = 0
    for (let rank = 0; rank < levels && left > 0; rank++) {
      const resting = side === 1 ? book.bidLots(rank) : book.askLots(rank)
      if (resting === 0) break
      const taken = Math.min(left, resting)
      distance += taken * ((side === 1 ? book.bidTicks(rank) : book.askTicks(rank)) - best)
      left -= taken
    }
    sweep.ticks = best + distance / (lots - left)
    sweep.unfilled = left
  },
} as const
