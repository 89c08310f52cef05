import { columnOf, integerOption } from '@rxlob/core'
import type { Baseline } from './baseline.js'
import { signRule } from './sign-rule.js'
import { trailingSum } from './trailing-sum.js'

export interface PersistenceOptions {
  /** Rows k of the past mean, the current one included, 2 or more: the label's smoothing where it has one. */
  readonly rows: number
  /** Column of the mid. Default `mid_price`. */
  readonly column?: string
}

/**
 * Calls the sign of the mid against its own past mean, with a dead zone fitted to the training rows.
 *
 *   mid[t] - mean(mid[t-k+1..t])
 *
 * Labels that compare with a past mean contain this number: on a random walk it "predicts" them far above chance.
 * No view until k rows since the start or the last break.
 *
 * @throws {LobError} LOB_BAD_OPTION where `rows` is below 2; LOB_COLUMN_MISMATCH, once started, where the frame has no such column.
 */
export function persistence(options: PersistenceOptions): Baseline {
  const rows = integerOption('rows', options.rows, 2)
  return signRule({
    name: `persistence_${rows}`,
    deadZone: 'trained',
    signal: (frame) => {
      const mids = columnOf(frame, options.column ?? 'mid_price')
      // Sums of deviations from the first mid: no digits are lost to the price level.
      const origin = mids.find((mid) => !Number.isNaN(mid)) ?? 0
      const moved = mids.map((mid) => mid - origin)
      return trailingSum(moved, rows, frame.breaks).map((sum, row) => moved[row]! - sum / rows)
    },
  })
}
