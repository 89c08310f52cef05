import type { FeatureWindow, InputSpec } from '../contracts/predictor.js'
import type { InstrumentId } from '../instrument.js'
import { checkWindow } from './input-of.js'

/** Gathers feature rows of one instrument into windows. */
export interface WindowAssembler {
  /** Rows that could not end a window: too little history since the start or a break, or a NaN in it. */
  readonly skipped: number
  /** Takes a row from `values[at]` on; the window that it completes, or undefined. The window is lent until the next push. */
  push(values: Float64Array, at: number, row: number, tsLocal: number): FeatureWindow | undefined
  /** Forgets all history: after a gap, a halt, a session's end. */
  restart(): void
}

/**
 * Scales rows in double precision, casts them to floats and keeps the last `length` of them oldest first.
 *
 * Each row is written twice, `length` rows apart, so that every window is one contiguous view: nothing moves. A NaN (or a number
 * that no finite float holds) in a row voids the windows that would contain it. Cost: O(columns) a row.
 *
 * @throws {LobError} LOB_BAD_OPTION where the length or the scaler makes no windows.
 */
export function windowAssembler(instrument: InstrumentId, input: InputSpec): WindowAssembler {
  checkWindow(input)
  const { length, scaler } = input
  const width = input.columns.length
  const twice = new Float32Array(2 * length * width)
  const views = Array.from({ length }, (_, slot) => twice.subarray(slot * width, (slot + length) * width))
  const shape = [length, width] as const
  let slot = 0
  let usable = 0
  let skipped = 0
  return {
    get skipped() {
      return skipped
    },
    push(values, at, row, tsLocal) {
      const low = slot * width
      const high = low + length * width
      let finite = true
      for (let column = 0; column < width; column++) {
        const value = values[at + column]!
        const scaled = Math.fround(scaler === undefined ? value : (value - scaler.mean[column]!) / scaler.scale[column]!)
        if (!Number.isFinite(scaled)) finite = false
        twice[low + column] = scaled
        twice[high + column] = scaled
      }
      slot = (slot + 1) % length
      usable = finite ? usable + 1 : 0
      if (usable < length) {
        skipped++
        return undefined
      }
      return { instrument, row, data: views[slot]!, shape, tsLocal }
    },
    restart() {
      usable = 0
    },
  }
}
