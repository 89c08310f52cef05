/** A queue of (key, value) pairs: plain data, so a state that holds one can be cloned. Its arrays double when full. */
export interface Ring {
  keys: Float64Array
  values: Float64Array
  start: number
  length: number
}

const initialCapacity = 16

/** Operations on a `Ring`. Cost: O(1) amortised each, memory O(the most pairs it ever held). */
export const ring = {
  init: (): Ring => ({ keys: new Float64Array(initialCapacity), values: new Float64Array(initialCapacity), start: 0, length: 0 }),

  push(queue: Ring, key: number, value: number): void {
    if (queue.length === queue.keys.length) grow(queue)
    const at = (queue.start + queue.length) & (queue.keys.length - 1)
    queue.keys[at] = key
    queue.values[at] = value
    queue.length++
  },

  /** Drops the oldest pair. The queue must hold one; so too below. */
  shift(queue: Ring): void {
    queue.start = (queue.start + 1) & (queue.keys.length - 1)
    queue.length--
  },

  /** Drops the newest pair. */
  pop(queue: Ring): void {
    queue.length--
  },

  /** Gives the newest pair another key, no lower than its own. */
  renew(queue: Ring, key: number): void {
    queue.keys[(queue.start + queue.length - 1) & (queue.keys.length - 1)] = key
  },

  firstKey: (queue: Ring): number => queue.keys[queue.start]!,

  firstValue: (queue: Ring): number => queue.values[queue.start]!,

  lastValue: (queue: Ring): number => queue.values[(queue.start + queue.length - 1) & (queue.keys.length - 1)]!,
} as const

function grow(queue: Ring): void {
  queue.keys = unrolled(queue.keys, queue.start)
  queue.values = unrolled(queue.values, queue.start)
  queue.start = 0
}

/** Capacities are powers of two: a mask wraps the index. */
function unrolled(full: Float64Array, start: number): Float64Array {
  const twice = new Float64Array(full.length * 2)
  twice.set(full.subarray(start))
  twice.set(full.subarray(0, start), full.length - start)
  return twice
}
