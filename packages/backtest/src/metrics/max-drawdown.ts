import type { Micros } from '@rxlob/core'

export interface Drawdown {
  /** Deepest fall below the highest value before it, in the unit of the values; 0 where nothing fell. */
  readonly depth: number
  /** The same as a share of that highest value; NaN where it is not above 0. */
  readonly share: number
  /** Longest time, or number of rows where no times are given, from a highest value until it is reached again or the rows end. */
  readonly duration: Micros
}

/**
 * Deepest and longest drawdown of an equity curve. The first value counts as a peak: put the starting equity first.
 *
 *   depth = max(peak so far - value)      share = max(1 - value / peak so far)
 *
 * @param times Of each value, ascending; left out, rows are counted.
 */
export function maxDrawdown(equity: ArrayLike<number>, times?: ArrayLike<Micros>): Drawdown {
  let peak = -Infinity
  let peakAt = 0
  let depth = 0
  let share = NaN
  let duration = 0
  const time = (row: number): number => (times === undefined ? row : times[row]!)
  let under = false
  for (let row = 0; row < equity.length; row++) {
    const value = equity[row]!
    if (value >= peak) {
      if (under) duration = Math.max(duration, time(row) - peakAt)
      under = false
      peak = value
      peakAt = time(row)
    } else {
      under = true
      depth = Math.max(depth, peak - value)
      duration = Math.max(duration, time(row) - peakAt)
    }
    if (peak > 0) share = Math.max(Number.isNaN(share) ? 0 : share, 1 - value / peak)
  }
  return { depth, share, duration }
}
