import type { BookView } from '../book/book-view.js'
import type { Ticks } from '../units.js'

/** (bid + ask) / 2 in ticks, exact (a half at most); NaN where a side is empty, or the book is crossed or not synced. */
export function midTicks(book: BookView): Ticks {
  return book.synced && !book.crossed ? (book.bidTicks(0) + book.askTicks(0)) / 2 : NaN
}
