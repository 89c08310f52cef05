import { OrderBook, Side } from 'nodejs-order-book'
import type { Enter } from '../runner/contest.ts'
import { add } from './codes.ts'
import { orderContest, type OrderedBook } from './order-contest.ts'
import { hashRows, topLevels } from './top-hash.ts'

/** A matching engine: fed additions that do not cross, sizes and cancellations, it keeps the same book. */
export const enter: Enter = (folder) => orderContest(engine, folder, hashRows)

function engine(): OrderedBook {
  const book = new OrderBook()
  const insert = (values: Float64Array, at: number): void => {
    book.limit({ side: values[at + 1] === 1 ? Side.BUY : Side.SELL, price: values[at + 2]!, size: values[at + 3]!, id: String(values[at + 4]!) })
  }
  return {
    open(values, rows) {
      for (let at = 0; at < 5 * rows; at += 5) insert(values, at)
    },
    update(values, at) {
      if (values[at] === add) {
        insert(values, at)
        return
      }
      const id = String(values[at + 4]!)
      const left = book.order(id)!.size - values[at + 3]!
      if (left > 0) book.modify(id, { size: left })
      else book.cancel(id)
    },
    copy(top) {
      const [asks, bids] = book.depth()
      for (let level = 0; level < topLevels; level++) {
        const bid = bids[level]
        const ask = asks[level]
        top.set([bid?.[0] ?? -1, bid?.[1] ?? 0, ask?.[0] ?? -1, ask?.[1] ?? 0], 4 * level)
      }
    },
  }
}
