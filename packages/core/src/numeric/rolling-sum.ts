import { ring, type Ring } from './ring.js'

/** Sum of the values whose keys have not been evicted: plain data. */
export interface RollingSum {
  readonly entries: Ring
  sum: number
  /** What rounding took from `sum`. */
  carry: number
  /** Entries that are not 0: when none is left the sum is exactly 0, whatever rounding happened before. */
  nonZero: number
}

/**
 * A sum that values enter and leave, in the order of their keys. Evict before pushing: a window that empties is exact again.
 *
 * Neumaier's compensation makes it exact for integers (below 2^53) and keeps a float's rounding near one unit in the last place
 * of the sum after any number of entries; a spike that has left leaves nothing behind that matters.
 * Cost: O(1) amortised an entry, memory O(window).
 *
 * @see Neumaier (1974), Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, ZAMM 54
 */
export const rollingSum = {
  init: (): RollingSum => ({ entries: ring.init(), sum: 0, carry: 0, nonZero: 0 }),

  /** `value` is finite, `key` no lower than the last one. */
  push(state: RollingSum, key: number, value: number): void {
    ring.push(state.entries, key, value)
    if (value !== 0) {
      state.nonZero++
      add(state, value)
    }
  },

  /** Takes out every value with a key up to `key`. */
  evict(state: RollingSum, key: number): void {
    const { entries } = state
    while (ring.firstKey(entries) <= key && entries.length > 0) {
      const value = ring.firstValue(entries)
      ring.shift(entries)
      if (value === 0) continue
      if (--state.nonZero > 0) add(state, -value)
      else state.sum = state.carry = 0
    }
  },

  total: (state: RollingSum): number => state.sum + state.carry,
} as const

function add(state: RollingSum, value: number): void {
  const sum = state.sum + value
  state.carry += Math.abs(state.sum) >= Math.abs(value) ? state.sum - sum + value : value - sum + state.sum
  state.sum = sum
}
