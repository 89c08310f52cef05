import type { BookTracker, Lots, Ticks } from '@rxlob/core'
import { sideOf } from './resting-orders.js'
import type { TakenLiquidity } from './taken-liquidity.js'

type Book = BookTracker['book']

/** Lots that a taker could get up to a limit, `most` at the most: what the book shows less what we took before. */
export function shownLots(book: Book, taken: TakenLiquidity, side: 1 | -1, limit: Ticks, most: Lots): Lots {
  let sum = 0
  walkBook(book, taken, side, limit, (_, lots) => {
    sum += lots
    return sum < most
  })
  return Math.min(sum, most)
}

/** Levels that a taker meets, best first, with what is left there; until `visit` returns false, the limit, or the end of what is known. */
export function walkBook(book: Book, taken: TakenLiquidity, side: 1 | -1, limit: Ticks, visit: (ticks: Ticks, lots: Lots) => boolean): void {
  const other = side === 1 ? -1 : 1
  const levels = sideOf(book, other)
  for (let level = 0; ; level++) {
    const ticks = levels.ticks(level)
    const shown = levels.lots(level)
    if (!(shown > 0) || side * ticks > side * limit) return
    const left = shown - taken.at(other, ticks)
    if (left > 0 && !visit(ticks, left)) return
  }
}
