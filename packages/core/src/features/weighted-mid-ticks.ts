import type { BookView } from '../book/book-view.js'
import type { Ticks } from '../units.js'

/** (askLots bid + bidLots ask) / (bidLots + askLots) in ticks; NaN where a side is empty or nothing is known. */
export function weightedMidTicks(book: BookView): Ticks {
  const bid = book.bidTicks(0)
  const bidLots = book.bidLots(0)
  const bidShare = bidLots / (bidLots + book.askLots(0))
  return bid + (book.askTicks(0) - bid) * bidShare
}
