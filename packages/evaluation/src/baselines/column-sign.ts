import { columnOf, integerOption } from '@rxlob/core'
import type { Baseline } from './baseline.js'
import { signRule, type SignRuleOptions } from './sign-rule.js'
import { trailingSum } from './trailing-sum.js'

export interface ColumnSignOptions {
  /** A signed column of the frame, positive for buying pressure, such as `ofi_1` or a centred imbalance. */
  readonly column: string
  /** Rows that are summed, 1 or more. Default 1: the row's own value. */
  readonly windowRows?: number
  /** As `signRule`. Default `none`. */
  readonly deadZone?: SignRuleOptions['deadZone']
  /** Default `sign_` and the column. */
  readonly name?: string
}

/**
 * Calls the sign of a column, summed over the last rows.
 *
 * No view until `windowRows` rows without a NaN since the start or the last break.
 *
 * @throws {LobError} LOB_BAD_OPTION where `windowRows` is below 1; LOB_COLUMN_MISMATCH, once started, where the frame has no such column.
 */
export function columnSign(options: ColumnSignOptions): Baseline {
  const windowRows = integerOption('windowRows', options.windowRows ?? 1, 1)
  return signRule({
    name: options.name ?? `sign_${options.column}`,
    deadZone: options.deadZone ?? 'none',
    signal: (frame) => trailingSum(columnOf(frame, options.column), windowRows, frame.breaks),
  })
}
