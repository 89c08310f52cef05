import { OrderBook } from '../node_modules/ccxt/js/src/base/ws/OrderBook.js'
import type { Enter } from '../runner/contest.ts'
import { depthContest, type DepthBook } from './depth-contest.ts'
import { topLevels } from './top-hash.ts'

export const enter: Enter = (_folder, mode) => depthContest(Object.assign(ccxtBook, { counts: false }), mode)

type Wire = [price: string, size: string][]
type Side = [price: number, size: number][] & { storeArray(delta: [number, number]): void }

/** What its Binance client and its book do with a message, without market look-ups, dates and promises. */
function ccxtBook(): DepthBook {
  let { bids, asks } = new OrderBook() as unknown as { bids: Side; asks: Side }
  const store = (side: Side, levels: Wire): void => {
    for (const [price, size] of levels) side.storeArray([Number.parseFloat(price), Number.parseFloat(size)])
  }
  return {
    open(snapshot) {
      ;({ bids, asks } = new OrderBook() as unknown as { bids: Side; asks: Side })
      const book = JSON.parse(snapshot.toString()) as { bids: Wire; asks: Wire }
      store(bids, book.bids)
      store(asks, book.asks)
    },
    message(frame) {
      const { data } = JSON.parse(frame.toString()) as { data: { b: Wire; a: Wire } }
      store(asks, data.a)
      store(bids, data.b)
    },
    copy(top) {
      for (let level = 0, at = 0; level < topLevels; level++, at += 4) {
        const bid = bids[level]!
        const ask = asks[level]!
        top[at] = bid[0]
        top[at + 1] = bid[1]
        top[at + 2] = ask[0]
        top[at + 3] = ask[1]
      }
    },
  }
}
