import { grown } from './grown.js'

/** An array of doubles that grows by doubling. */
export interface GrowingFloats {
  readonly length: number
  push(value: number): void
  /** Overwrites one of the numbers pushed. */
  set(at: number, value: number): void
  /** What was pushed, without a copy; later pushes may leave it behind. */
  values(): Float64Array
}

export function growingFloats(capacity: number = 1024): GrowingFloats {
  let held = new Float64Array(capacity)
  let length = 0
  return {
    get length() {
      return length
    },
    push(value) {
      if (length === held.length) held = grown(held, Math.max(16, length * 2))
      held[length++] = value
    },
    set(at, value) {
      held[at] = value
    },
    values: () => held.subarray(0, length),
  }
}
