import type { Sampler } from '../contracts/feature.js'
import { midTicks } from '../features/mid-ticks.js'

/**
 * A row whenever the mid differs from the last defined mid, the first one included.
 * Ticks without a mid (a side empty, the book crossed or not synced) are passed over: a mid that returns unchanged is no row.
 *
 * @example
 * features([ofi()], { sample: everyMidMove() })
 */
export const everyMidMove = (): Sampler<{ mid: number }> => ({
  name: 'every_mid_move',
  init: () => ({ mid: NaN }),
  step: (state, { book }) => {
    const mid = midTicks(book)
    if (Number.isNaN(mid) || mid === state.mid) return false
    state.mid = mid
    return true
  },
})
