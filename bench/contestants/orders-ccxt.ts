import { IndexedOrderBook } from '../node_modules/ccxt/js/src/base/ws/OrderBook.js'
import type { Enter } from '../runner/contest.ts'
import { add } from './codes.ts'
import { orderContest, type OrderedBook } from './order-contest.ts'
import { topLevels } from './top-hash.ts'

/** Keeps orders by id, sorted by price; a change needs the new size, so the sizes are kept beside it. */
export const enter: Enter = (folder) => orderContest(indexed, folder)

type Row = [price: number, size: number, id: number]

function indexed(): OrderedBook {
  const book = new IndexedOrderBook() as unknown as { bids: Row[] & { storeArray(row: Row): void }; asks: Row[] & { storeArray(row: Row): void } }
  const sizes = new Map<number, number>()
  const store = (values: Float64Array, at: number): void => {
    const id = values[at + 4]!
    const size = values[at] === add ? values[at + 3]! : sizes.get(id)! - values[at + 3]!
    if (size > 0) sizes.set(id, size)
    else sizes.delete(id)
    if (values[at + 1] === 1) book.bids.storeArray([values[at + 2]!, size, id])
    else book.asks.storeArray([values[at + 2]!, size, id])
  }
  return {
    open(values, rows) {
      for (let at = 0; at < 5 * rows; at += 5) store(values, at)
    },
    update: store,
    copy(top) {
      fill(book.bids, top, 0)
      fill(book.asks, top, 2)
    },
  }
}

/** Orders of one price become its level. */
function fill(rows: readonly Row[], top: Float64Array, column: number): void {
  for (let level = 0, row = 0; level < topLevels; level++) {
    const price = rows[row]?.[0] ?? -1
    let size = 0
    for (; rows[row]?.[0] === price; row++) size += rows[row]![1]
    top[4 * level + column] = price
    top[4 * level + column + 1] = size
  }
}
