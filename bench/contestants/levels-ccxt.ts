import { OrderBook } from '../node_modules/ccxt/js/src/base/ws/OrderBook.js'
import type { Enter } from '../runner/contest.ts'
import { levelContest, type LevelBook } from './level-contest.ts'
import { hashRows, topLevels } from './top-hash.ts'

/** Shifting arrays of 3,000 levels takes seconds a hundred thousand updates. */
export const enter: Enter = (folder, mode) => levelContest(ccxtBook, folder, mode, mode.startsWith('deep') ? hashRows : Infinity)

type Row = [price: number, size: number]

function ccxtBook(): LevelBook {
  const book = new OrderBook() as unknown as { bids: Row[] & { store(price: number, size: number): void }; asks: Row[] & { store(price: number, size: number): void } }
  const { bids, asks } = book
  const store = (values: Float64Array, at: number): void => {
    if (values[at] === 1) bids.store(values[at + 1]!, values[at + 2]!)
    else asks.store(values[at + 1]!, values[at + 2]!)
  }
  return {
    open(values, rows) {
      for (let at = 0; at < 3 * rows; at += 3) store(values, at)
    },
    update: store,
    view: () => (bids[0]?.[0] ?? -1) + (bids[topLevels - 1]?.[1] ?? 0) + (asks[0]?.[0] ?? -1) + (asks[topLevels - 1]?.[1] ?? 0),
    copy(top) {
      for (let level = 0, at = 0; level < topLevels; level++, at += 4) {
        const bid = bids[level]
        const ask = asks[level]
        top[at] = bid === undefined ? -1 : bid[0]
        top[at + 1] = bid === undefined ? 0 : bid[1]
        top[at + 2] = ask === undefined ? -1 : ask[0]
        top[at + 3] = ask === undefined ? 0 : ask[1]
      }
    },
  }
}
