import { integerOption, numberOption, type Micros } from '@rxlob/core'
import type { CarryModel } from './carry-model.js'

const yearMicros = 365 * 86_400e6

export interface BorrowCostOptions {
  /** Share of the value a year that borrowing what was sold short costs, 0 to 10. */
  readonly annualRate: number
  /** Same for the cash that longs borrow, 0 to 10. Default 0. */
  readonly annualCashRate?: number
  /** Between two charges, 1 or more. Default one minute. */
  readonly everyMicros?: Micros
}

/**
 * Borrow of what is held short, and of the cash for what is held long.
 *
 *   cost = |value| * rate * time / year of 365 days
 *
 * @throws {LobError} LOB_BAD_OPTION where a number is out of range.
 */
export function borrowCost(options: BorrowCostOptions): CarryModel {
  const short = numberOption('annualRate', options.annualRate, 0, 10)
  const long = numberOption('annualCashRate', options.annualCashRate ?? 0, 0, 10)
  const everyMicros = integerOption('everyMicros', options.everyMicros ?? 60e6, 1)
  return { name: `borrow_${short}`, everyMicros, cost: ({ value, micros }) => (Math.abs(value) * (value < 0 ? short : long) * micros) / yearMicros }
}
