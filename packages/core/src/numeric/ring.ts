/** A queue of (key, value) pairs: plain data, so a state that holds one can be cloned. Its array doubles when full. */
export interface Ring {
  /** Keys at even places, values behind them: a pair is one line of memory. */
  pairs: Float64Array
  /** Key of the oldest pair, Infinity where there is none: beside the other fields, since the pair itself has long left the cache. */
  firstKey: number
  start: number
  length: number
}

const initialCapacity = 16

/** Operations on a `Ring`. Cost: O(1) amortised each, memory O(the most pairs it ever held). */
export const ring = {
  init: (): Ring => ({ pairs: new Float64Array(2 * initialCapacity), firstKey: Infinity, start: 0, length: 0 }),

  push(queue: Ring, key: number, value: number): void {
    if (2 * queue.length === queue.pairs.length) grow(queue)
    if (queue.length === 0) queue.firstKey = key
    const at = ring.placeOf(queue, queue.length++)
    queue.pairs[at] = key
    queue.pairs[at + 1] = value
  },

  /** Drops the oldest pair. The queue must hold one; so too below. */
  shift(queue: Ring): void {
    queue.start = ring.placeOf(queue, 1) >> 1
    queue.firstKey = --queue.length > 0 ? queue.pairs[2 * queue.start]! : Infinity
  },

  /** Drops the newest pair. */
  pop(queue: Ring): void {
    if (--queue.length === 0) queue.firstKey = Infinity
  },

  /** Gives the newest pair another key, no lower than its own. */
  renew(queue: Ring, key: number): void {
    if (queue.length === 1) queue.firstKey = key
    queue.pairs[ring.placeOf(queue, queue.length - 1)] = key
  },

  /** Where in `pairs` the key of a pair is, the oldest pair being 0. Capacities are powers of two: a mask wraps it. */
  placeOf: ({ pairs, start }: Ring, pair: number): number => (2 * (start + pair)) & (pairs.length - 1),

  /** Infinity where the queue is empty. */
  firstKey: (queue: Ring): number => queue.firstKey,

  firstValue: (queue: Ring): number => queue.pairs[2 * queue.start + 1]!,

  lastValue: (queue: Ring): number => queue.pairs[ring.placeOf(queue, queue.length - 1) + 1]!,
} as const

function grow(queue: Ring): void {
  const { pairs, start } = queue
  const twice = new Float64Array(pairs.length * 2)
  twice.set(pairs.subarray(2 * start))
  twice.set(pairs.subarray(0, 2 * start), pairs.length - 2 * start)
  queue.pairs = twice
  queue.start = 0
}
