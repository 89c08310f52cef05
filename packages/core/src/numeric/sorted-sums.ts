/** Sums by integer key, keys ascending: plain data. Its arrays double when full. */
export interface SortedSums {
  keys: Float64Array
  sums: Float64Array
  length: number
  total: number
}

/** A histogram that values enter and leave. Cost: O(log keys) to find one and O(keys) to insert or drop one; sums are exact for integers. */
export const sortedSums = {
  init: (): SortedSums => ({ keys: new Float64Array(16), sums: new Float64Array(16), length: 0, total: 0 }),

  /** Adds to the sum of a key (takes from it where `value` is below 0); a sum of 0 is dropped. */
  add(state: SortedSums, key: number, value: number): void {
    const at = sortedSums.lowerBound(state, key)
    state.total += value
    if (at < state.length && state.keys[at] === key) {
      state.sums[at]! += value
      if (state.sums[at] === 0) drop(state, at)
    } else if (value !== 0) insert(state, at, key, value)
  },

  /** Index of the first key at or above `key`. */
  lowerBound({ keys, length }: SortedSums, key: number): number {
    let low = 0
    for (let high = length; low < high; ) {
      const middle = (low + high) >> 1
      if (keys[middle]! < key) low = middle + 1
      else high = middle
    }
    return low
  },
} as const

function insert(state: SortedSums, at: number, key: number, value: number): void {
  if (state.length === state.keys.length) {
    state.keys = doubled(state.keys)
    state.sums = doubled(state.sums)
  }
  state.keys.copyWithin(at + 1, at, state.length)
  state.sums.copyWithin(at + 1, at, state.length)
  state.keys[at] = key
  state.sums[at] = value
  state.length++
}

function drop(state: SortedSums, at: number): void {
  state.keys.copyWithin(at, at + 1, state.length)
  state.sums.copyWithin(at, at + 1, state.length)
  state.length--
}

function doubled(full: Float64Array): Float64Array {
  const twice = new Float64Array(full.length * 2)
  twice.set(full)
  return twice
}
