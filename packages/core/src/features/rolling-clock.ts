import type { Tick } from '../book/tick.js'
import { ring, type Ring } from '../numeric/ring.js'
import type { Micros } from '../units.js'
import type { CheckedSpan } from './rolling-span.js'

/** Where a rolling window stands: plain data. Its keys are row numbers, or `tsLocal`. */
export interface RollingClock {
  readonly byTime: boolean
  readonly length: number
  /** The key from which the span is counted; NaN before the first row of a window over time. */
  origin: number
  /** The key of the newest row. */
  now: number
}

/** Time is `tsLocal`, which never goes back: a window holds what this machine had received by then. */
export const rollingClock = {
  init: ({ byTime, length }: CheckedSpan): RollingClock => ({ byTime, length, origin: byTime ? NaN : 0, now: byTime ? NaN : 0 }),

  /** Moves on to a row and returns its key. */
  advance(clock: RollingClock, tick: Tick): number {
    clock.now = clock.byTime ? tick.tsLocal : clock.now + 1
    if (Number.isNaN(clock.origin)) clock.origin = clock.now
    return clock.now
  },

  /** Rows with a key up to this one have left the window. */
  left: ({ now, length }: RollingClock): number => now - length,

  /** The window has covered its span since `init`. */
  covered: ({ now, length, origin }: RollingClock): boolean => now - origin >= length,

  /**
   * No row before this time covers the span or takes the oldest entry out. A microsecond early: sums round otherwise than differences.
   * NaN where the window is of rows, or has seen none.
   */
  until({ byTime, now, length, origin }: RollingClock, entries: Ring): Micros {
    if (!byTime) return NaN
    if (now - origin < length) return origin + length - 1
    return Number.isNaN(now) ? NaN : ring.firstKey(entries) + length - 1
  },
} as const
