import type { LevelSums } from './level-sums.js'

/** Sizes of the levels of both sides, ascending: plain data, written in place. */
export interface PooledLots {
  /** Absent levels in front. */
  readonly lots: Float64Array
  absent: number
  /** Sizes by rank, bid and ask in turn. */
  readonly ranked: Float64Array
  /** Places in `ranked` of `lots`: the next reading finds them nearly sorted. */
  readonly order: Int32Array
}

/** Deeper than this a place has no bit of its own in `changed`. */
const mostMarked = 32

export const pooledLots = {
  init: (levels: number): PooledLots => ({
    lots: new Float64Array(2 * levels),
    absent: 0,
    ranked: new Float64Array(2 * levels),
    order: Int32Array.from({ length: 2 * levels }, (_, place) => place),
  }),

  /**
   * Takes the sizes of the best levels of both sides, as many as there is room for, at every reading of `sums`. Cost: O(levels) where little changed since the last one,
   * O(levels^2) in the worst case.
   */
  read(pool: PooledLots, { bids, asks }: LevelSums): void {
    const onlyAsk = bids.changed === 0
    const changed = onlyAsk ? asks.changed : asks.changed === 0 ? bids.changed : 0
    const rank = 31 - Math.clz32(changed)
    const place = 2 * rank + Number(onlyAsk)
    // One size alone is another: it alone moves. One that was not known stands anywhere.
    if (bids.lots.length <= mostMarked && isOneBit(changed) && !Number.isNaN(pool.ranked[place])) {
      if (place < pool.order.length) move(pool, place, (onlyAsk ? asks : bids).lots[rank]!)
    } else sort(pool, bids.lots, asks.lots)
    let absent = 0
    while (absent < pool.lots.length && pool.lots[absent] === 0) absent++
    pool.absent = absent
  },
} as const

const isOneBit = (bits: number): boolean => bits !== 0 && (bits & (bits - 1)) === 0

function move({ lots, ranked, order }: PooledLots, place: number, size: number): void {
  const last = order.length - 1
  let at = 0
  while (order[at] !== place) at++
  while (at < last && lots[at + 1]! < size) {
    order[at] = order[at + 1]!
    lots[at] = lots[++at]!
  }
  while (at > 0 && lots[at - 1]! > size) {
    order[at] = order[at - 1]!
    lots[at] = lots[--at]!
  }
  order[at] = place
  lots[at] = size
  ranked[place] = size
}

function sort({ lots, ranked, order }: PooledLots, bids: Float64Array, asks: Float64Array): void {
  for (let rank = 0; 2 * rank < order.length; rank++) {
    ranked[2 * rank] = bids[rank]!
    ranked[2 * rank + 1] = asks[rank]!
  }
  for (let i = 0; i < order.length; i++) {
    const place = order[i]!
    const size = ranked[place]!
    let at = i
    while (at > 0 && lots[at - 1]! > size) {
      order[at] = order[at - 1]!
      lots[at] = lots[--at]!
    }
    order[at] = place
    lots[at] = size
  }
}
