import { ring, type Ring } from './ring.js'

/** Candidates for the extreme of a window, best first: plain data. */
export interface MonotonicDeque {
  /** +1 for the maximum, -1 for the minimum. */
  readonly sign: 1 | -1
  readonly entries: Ring
}

/**
 * The highest or lowest value of a window: a value that a later one reaches can never be the extreme again and is dropped.
 * Cost: O(1) amortised an entry, memory O(window).
 */
export const monotonicDeque = {
  init: (sign: 1 | -1): MonotonicDeque => ({ sign, entries: ring.init() }),

  /** `value` is a number, `key` no lower than the last one. */
  push({ sign, entries }: MonotonicDeque, key: number, value: number): void {
    if (entries.length > 0 && ring.lastValue(entries) === value) {
      ring.renew(entries, key)
      return
    }
    while (entries.length > 0 && sign * ring.lastValue(entries) < sign * value) ring.pop(entries)
    ring.push(entries, key, value)
  },

  /** Takes out every value with a key up to `key`. */
  evict({ entries }: MonotonicDeque, key: number): void {
    while (ring.firstKey(entries) <= key && entries.length > 0) ring.shift(entries)
  },

  /** NaN where the window is empty. */
  extreme: ({ entries }: MonotonicDeque): number => (entries.length > 0 ? ring.firstValue(entries) : NaN),
} as const
