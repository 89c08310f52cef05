import { columnOf } from '@rxlob/core'
import type { Baseline } from './baseline.js'
import { signRule } from './sign-rule.js'

export interface LastMoveOptions {
  /** Column of the mid. Default `mid_price`. */
  readonly column?: string
  /** Bets on the opposite of the last move (bounce). Default false. */
  readonly reverse?: boolean
}

/**
 * Calls the direction of the last non-zero change of the mid between rows, or, reversed, the opposite.
 *
 * No view until the mid has moved since the start or the last break. Never calls flat.
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH, once started, where the frame has no such column.
 */
export function lastMove(options: LastMoveOptions = {}): Baseline {
  const direction = options.reverse === true ? -1 : 1
  return signRule({
    name: options.reverse === true ? 'last_move_reverse' : 'last_move',
    signal: (frame) => {
      const mids = columnOf(frame, options.column ?? 'mid_price')
      const breaks = new Set(frame.breaks)
      let last = NaN
      let mid = NaN
      return mids.map((next, row) => {
        if (breaks.has(row)) last = mid = NaN
        if (next > mid) last = direction
        if (next < mid) last = -direction
        if (!Number.isNaN(next)) mid = next
        return last
      })
    },
  })
}
