import type { Tick } from '../book/tick.js'
import type { Micros } from '../units.js'
import type { CheckedSpan } from './rolling-span.js'

/** Where a cut of the rows into bars stands: plain data. */
export interface BarClock {
  readonly byTime: boolean
  /** Rows or microseconds a bar. */
  readonly length: number
  /** Multiples of `length` since the epoch, NaN before the first row; or rows in the bar so far. */
  cell: number
  /** Whether the bar under way began at its beginning: the first one over time does not. */
  whole: boolean
}

/**
 * Bars of so many rows, or between the multiples of so many microseconds since the epoch on `tsLocal`. A bar of rows ends with its last row,
 * one of time with the first row after it.
 */
export const barClock = {
  init: ({ byTime, length }: CheckedSpan): BarClock => ({ byTime, length, cell: byTime ? NaN : 0, whole: !byTime }),

  /** Bars over time that ended before this row: the one under way, then empty ones. Call once a row, first. */
  before(clock: BarClock, { tsLocal }: Tick): number {
    if (!clock.byTime) return 0
    const cell = Math.floor(tsLocal / clock.length)
    const ended = cell > clock.cell ? cell - clock.cell : 0
    if (!(cell <= clock.cell)) clock.cell = cell
    return ended
  },

  /** Whether a bar of rows ends with this row. Call once a row, last. */
  after(clock: BarClock): boolean {
    if (clock.byTime || ++clock.cell < clock.length) return false
    clock.cell = 0
    return true
  },

  /** No bar ends before this time. A microsecond early: products round otherwise than quotients. NaN for bars of rows. */
  until: ({ byTime, length, cell }: BarClock): Micros => (byTime ? (cell + 1) * length - 1 : NaN),
} as const
