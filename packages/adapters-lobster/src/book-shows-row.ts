import type { BookView } from '@rxlob/core'
import { priceLimit } from './message-file.js'

/** Every level of the book is what a row of the order-book file says, to the last number. */
export function bookShowsRow(book: BookView, row: readonly number[], { levels, units }: { readonly levels: number; readonly units: number }): boolean {
  if (!book.synced || row.length !== 4 * levels) return false
  for (let rank = 0; rank < levels; rank++) {
    const ask = book.askLots(rank) === 0 ? priceLimit : book.askTicks(rank) * units
    const bid = book.bidLots(rank) === 0 ? -priceLimit : book.bidTicks(rank) * units
    if (ask !== row[4 * rank] || book.askLots(rank) !== row[4 * rank + 1]) return false
    if (bid !== row[4 * rank + 2] || book.bidLots(rank) !== row[4 * rank + 3]) return false
  }
  return true
}
