import { rollingSum, type RollingSum } from '../numeric/rolling-sum.js'
import type { Lots } from '../units.js'

/** Traded volume cut into buckets of one size: plain data. */
export interface VolumeBuckets {
  readonly size: Lots
  readonly count: number
  readonly imbalances: RollingSum
  /** Full buckets so far. */
  full: number
  buy: Lots
  sell: Lots
}

/** Mean imbalance of the last full buckets. What does not fit into a bucket goes on into the next, in the same proportion. */
export const volumeBuckets = {
  init: (size: Lots, count: number): VolumeBuckets => ({ size, count, imbalances: rollingSum.init(), full: 0, buy: 0, sell: 0 }),

  add(state: VolumeBuckets, buy: Lots, sell: Lots): void {
    const { size, count, imbalances } = state
    const lots = buy + sell
    if (lots === 0) return
    let left = lots
    while (state.buy + state.sell + left >= size) {
      const room = size - state.buy - state.sell
      const filled = room / lots
      // Of a trade that fills more buckets than are kept only the last ones matter.
      const passed = Math.max(0, Math.floor((left - room) / size) - count)
      state.full += 1 + passed
      rollingSum.evict(imbalances, state.full - count)
      rollingSum.push(imbalances, state.full, Math.abs(state.buy + filled * buy - state.sell - filled * sell))
      left -= room + passed * size
      state.buy = state.sell = 0
    }
    state.buy += (left / lots) * buy
    state.sell += (left / lots) * sell
  },

  /** Sum of |buy - sell| over the last buckets by their volume; NaN until there were so many. */
  imbalance: ({ imbalances, count, size, full }: VolumeBuckets): number => (full >= count ? rollingSum.total(imbalances) / (count * size) : NaN),
} as const
