import type { BookView } from '../book/book-view.js'

/** Sizes of the levels of both sides, ascending: plain data, written in place. */
export interface PooledLots {
  readonly lots: Float64Array
  /** Levels there are. */
  count: number
  /** NaN where a level is deeper than the known depth. */
  total: number
}

/** Reads the sizes of the best levels of both sides. Cost: O(levels^2) in the worst case. */
export const pooledLots = {
  init: (levels: number): PooledLots => ({ lots: new Float64Array(2 * levels), count: 0, total: 0 }),

  read(pool: PooledLots, book: BookView, levels: number): void {
    pool.count = 0
    pool.total = 0
    for (let rank = 0; rank < levels; rank++) {
      insert(pool, book.bidLots(rank))
      insert(pool, book.askLots(rank))
    }
  },
} as const

function insert(pool: PooledLots, lots: number): void {
  if (lots === 0) return
  pool.total += lots
  let at = pool.count++
  while (at > 0 && pool.lots[at - 1]! > lots) {
    pool.lots[at] = pool.lots[at - 1]!
    at--
  }
  pool.lots[at] = lots
}
