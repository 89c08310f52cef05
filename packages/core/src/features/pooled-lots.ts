import type { BookView } from '../book/book-view.js'

/** Sizes of the levels of both sides, ascending: plain data, written in place. */
export interface PooledLots {
  readonly lots: Float64Array
  /** Levels there are. */
  count: number
  /** NaN where a level is deeper than the known depth. */
  total: number
  /** Sizes by rank, bid and ask in turn. */
  readonly ranked: Float64Array
  /** Places in `ranked` as the last reading sorted them: the next one finds them nearly sorted. */
  readonly order: Int32Array
}

/** Reads the sizes of the best levels of both sides. Cost: O(levels) where little changed since the last reading, O(levels^2) in the worst case. */
export const pooledLots = {
  init: (levels: number): PooledLots => ({
    lots: new Float64Array(2 * levels),
    count: 0,
    total: 0,
    ranked: new Float64Array(2 * levels),
    order: Int32Array.from({ length: 2 * levels }, (_, place) => place),
  }),

  read(pool: PooledLots, book: BookView, levels: number): void {
    const { lots, ranked, order } = pool
    let total = 0
    for (let rank = 0; rank < levels; rank++) {
      const bid = book.bidLots(rank)
      const ask = book.askLots(rank)
      ranked[2 * rank] = bid
      ranked[2 * rank + 1] = ask
      total += bid
      total += ask
    }
    // Sorted in full first, absent levels in front; then those are dropped.
    let absent = 0
    for (let i = 0; i < order.length; i++) {
      const place = order[i]!
      const size = ranked[place]!
      if (size === 0) absent++
      let at = i
      while (at > 0 && lots[at - 1]! > size) {
        order[at] = order[at - 1]!
        lots[at] = lots[at - 1]!
        at--
      }
      order[at] = place
      lots[at] = size
    }
    if (absent > 0) lots.copyWithin(0, absent)
    pool.count = order.length - absent
    pool.total = total
  },
} as const
