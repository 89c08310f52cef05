import { rollingSum, type RollingSum } from '../numeric/rolling-sum.js'
import type { Lots } from '../units.js'

/** Traded volume cut into buckets of one size: plain data. */
export interface VolumeBuckets {
  readonly size: Lots
  readonly count: number
  readonly imbalances: RollingSum
  /** Full buckets so far. */
  full: number
  /** In the bucket under way: an exact count, so that a bucket is full when it is. */
  held: Lots
  bought: Lots
}

/** Mean imbalance of the last full buckets. What does not fit into a bucket goes on into the next, in the same proportion. */
export const volumeBuckets = {
  init: (size: Lots, count: number): VolumeBuckets => ({ size, count, imbalances: rollingSum.init(), full: 0, held: 0, bought: 0 }),

  /** `bought` of the `lots` were bought. */
  add(state: VolumeBuckets, lots: Lots, bought: Lots): void {
    const { size, count, imbalances } = state
    if (!(lots > 0)) return
    let left = lots
    while (state.held + left >= size) {
      const room = size - state.held
      // Of a trade that fills more buckets than are kept only the last ones matter.
      const passed = Math.max(0, Math.floor((left - room) / size) - count)
      state.full += 1 + passed
      rollingSum.evict(imbalances, state.full - count)
      rollingSum.push(imbalances, state.full, Math.abs(2 * (state.bought + (room / lots) * bought) - size))
      left -= room + passed * size
      state.held = state.bought = 0
    }
    state.held += left
    state.bought += (left / lots) * bought
  },

  /** Sum of |buy - sell| over the last buckets by their volume; NaN until there were so many. */
  imbalance: ({ imbalances, count, size, full }: VolumeBuckets): number => (full >= count ? rollingSum.total(imbalances) / (count * size) : NaN),
} as const
