import type { Baseline } from './baseline.js'
import { columnSign, type ColumnSignOptions } from './column-sign.js'

export interface OfiSignOptions extends Pick<ColumnSignOptions, 'windowRows' | 'deadZone'> {
  /** Column of the order-flow imbalance of one row. Default `ofi_1`. */
  readonly column?: string
}

/**
 * Calls the sign of the order-flow imbalance summed over the last rows.
 *
 * Where a sampler thins the rows, give a column that already covers the events between them.
 *
 * @param options.windowRows Rows that are summed, 1 or more. Default 1.
 * @throws {LobError} as `columnSign`.
 */
export const ofiSign = (options: OfiSignOptions = {}): Baseline => columnSign({ column: 'ofi_1', ...options, name: 'ofi_sign' })
