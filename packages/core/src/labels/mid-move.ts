import type { Fitted } from '../contracts/feature.js'
import type { Labeler } from '../contracts/labeler.js'
import { midTicks } from '../features/mid-ticks.js'
import { integerOption } from '../option-range.js'
import type { Ticks } from '../units.js'
import type { MoveThreshold } from './fit-move-threshold.js'
import { moveTarget } from './move-target.js'

export interface MidMoveOptions {
  /** Rows from the labelled row to the one that settles it, 1 or more. */
  readonly rows: number
  /** `classes` down, flat and up, or the `value` itself. Default `classes`. */
  readonly kind?: 'classes' | 'value'
  /** A move of at most so many ticks is flat: 0 or more, or fitted on training rows. Default 0; not for `value`. */
  readonly thresholdTicks?: Ticks | Fitted<MoveThreshold>
}

/**
 * Where the mid is `rows` rows later.
 *
 *   move(t) = mid(t + rows) - mid(t);  up where move > threshold, down where move < -threshold, else flat
 *
 * Unit: classes 0 down, 1 flat, 2 up; as a value ticks, in halves.
 * A row whose mid, or whose later mid, is undefined (a side empty, the book crossed or not synced) never settles.
 * Cost: O(1) a row, memory O(rows).
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of its range, or `value` comes with a threshold.
 * @example
 * midMove({ rows: 10, thresholdTicks: 0.5 }) // labeler mid_move_10
 */
export function midMove(options: MidMoveOptions): Labeler {
  const rows = integerOption('rows', options.rows, 1)
  const { kind, thresholdTicks: threshold } = options
  const target = moveTarget({ kind, threshold, thresholdName: 'thresholdTicks', unit: 'ticks', rows })
  return {
    name: `mid_move_${rows}`,
    output: target.output,
    init: () => ({ mids: new Float64Array(rows).fill(NaN), next: 0 }),
    step(state: { readonly mids: Float64Array; next: number }, tick, emit) {
      const { mids, next } = state
      const mid = midTicks(tick.book)
      const move = mid - mids[next]!
      mids[next] = mid
      state.next = (next + 1) % rows
      if (!Number.isNaN(move)) emit(rows, target.of(move))
    },
  }
}
