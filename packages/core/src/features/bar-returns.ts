import type { Tick } from '../book/tick.js'
import type { CheckedBarSpan } from './bar-span.js'
import { logRatio } from './log-ratio.js'
import { midBars, type MidBars } from './mid-bars.js'

/** The last log returns from bar to bar: plain data. */
export interface BarReturns {
  readonly bars: MidBars
  /** Oldest first once `count` has reached its length. */
  readonly returns: Float64Array
  count: number
}

/** Returns of the mid on a regular grid of rows or of time. Cost: O(window) a bar. */
export const barReturns = {
  init: (span: CheckedBarSpan): BarReturns => ({ bars: midBars.init(span.bar, span.bars), returns: new Float64Array(span.bars), count: 0 }),

  /** True where a bar has ended and the window is full. */
  step(state: BarReturns, tick: Tick): boolean {
    const { bars, returns } = state
    midBars.step(bars, tick)
    let ended = false
    while (midBars.next(bars)) {
      const change = logRatio(bars.close, bars.previous)
      if (Number.isNaN(change)) continue
      returns.copyWithin(0, 1)
      returns[returns.length - 1] = change
      state.count++
      ended = true
    }
    return ended && state.count >= returns.length
  },
} as const
