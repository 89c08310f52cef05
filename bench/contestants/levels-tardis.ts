import { OrderBook } from 'tardis-dev'
import type { Enter } from '../runner/contest.ts'
import { levelContest, type LevelBook } from './level-contest.ts'
import { topLevels } from './top-hash.ts'

export const enter: Enter = (folder, mode) => levelContest(tardisBook, folder, mode)

type Level = { price: number; amount: number }

function tardisBook(): LevelBook {
  const book = new OrderBook()
  const none: Level[] = []
  const change = (bids: Level[], asks: Level[], isSnapshot: boolean): void => book.update({ isSnapshot, bids, asks } as unknown as Parameters<typeof book.update>[0])
  return {
    open(values, rows) {
      const sides: { [side: string]: Level[] } = { 1: [], '-1': [] }
      for (let at = 0; at < 3 * rows; at += 3) sides[values[at]!]!.push({ price: values[at + 1]!, amount: values[at + 2]! })
      change(sides['1']!, sides['-1']!, true)
    },
    update(values, at) {
      const levels = [{ price: values[at + 1]!, amount: values[at + 2]! }]
      if (values[at] === 1) change(levels, none, false)
      else change(none, levels, false)
    },
    // An iterator is all that this book gives.
    view: () => tenth(book.bids()) + tenth(book.asks()),
    copy(top) {
      fill(book.bids(), top, 0)
      fill(book.asks(), top, 2)
    },
  }
}

function tenth(levels: IterableIterator<Level>): number {
  let level = 0
  let sum = 0
  for (const { price, amount } of levels) {
    if (level === 0) sum += price
    if (++level === topLevels) return sum + amount
  }
  return sum
}

function fill(levels: IterableIterator<Level>, top: Float64Array, column: number): void {
  let at = column
  for (const { price, amount } of levels) {
    top[at] = price
    top[at + 1] = amount
    at += 4
    if (at >= top.length) return
  }
  for (; at < top.length; at += 4) {
    top[at] = -1
    top[at + 1] = 0
  }
}
