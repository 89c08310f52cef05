import { OrderBook } from 'tardis-dev'
import type { Enter } from '../runner/contest.ts'
import { depthContest, type DepthBook } from './depth-contest.ts'

export const enter: Enter = (_folder, mode) => depthContest(Object.assign(tardisBook, { counts: false }), mode)

type Wire = [price: string, size: string][]
type Level = { price: number; amount: number }

/** What its Binance mapper and its book do with a message, without the dates and the generator in between. */
function tardisBook(): DepthBook {
  const book = new OrderBook()
  const levels = (side: Wire): Level[] => side.map(([price, amount]) => ({ price: Number(price), amount: Number(amount) }))
  const update = (bids: Wire, asks: Wire, isSnapshot: boolean): void =>
    book.update({ isSnapshot, bids: levels(bids), asks: levels(asks) } as unknown as Parameters<typeof book.update>[0])
  return {
    open(snapshot) {
      const { bids, asks } = JSON.parse(snapshot.toString()) as { bids: Wire; asks: Wire }
      update(bids, asks, true)
    },
    message(frame) {
      const { data } = JSON.parse(frame.toString()) as { data: { b: Wire; a: Wire } }
      update(data.b, data.a, false)
    },
    copy(top) {
      fill(book.bids(), top, 0)
      fill(book.asks(), top, 2)
    },
  }
}

function fill(levels: IterableIterator<Level>, top: Float64Array, column: number): void {
  let at = column
  for (const { price, amount } of levels) {
    top[at] = price
    top[at + 1] = amount
    at += 4
    if (at >= top.length) return
  }
}
