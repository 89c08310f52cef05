import { rollingSum, type RollingSum } from '../numeric/rolling-sum.js'

/** Sums of values and of their squares: plain data. */
export interface RollingVariance {
  readonly values: RollingSum
  readonly squares: RollingSum
}

/** Variance of the values in a window, as of a `RollingSum`. Exact to rounding where the mean is small against the spread, as of returns. */
export const rollingVariance = {
  init: (): RollingVariance => ({ values: rollingSum.init(), squares: rollingSum.init() }),

  /** Takes a value in and those with a key up to `left` out. */
  push({ values, squares }: RollingVariance, key: number, left: number, value: number): void {
    rollingSum.evict(values, left)
    rollingSum.evict(squares, left)
    rollingSum.push(values, key, value)
    rollingSum.push(squares, key, value * value)
  },

  /** With n - 1 below; never below 0. */
  sample({ values, squares }: RollingVariance): number {
    const count = values.entries.length
    const sum = rollingSum.total(values)
    return Math.max(rollingSum.total(squares) - (sum * sum) / count, 0) / (count - 1)
  },
} as const
