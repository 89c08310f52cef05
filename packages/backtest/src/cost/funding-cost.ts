import { integerOption, LobError, type Micros } from '@rxlob/core'
import type { CarryModel } from './carry-model.js'

export interface FundingCostOptions {
  /** Share of the value that longs pay shorts at an instant: a number, or what it was at each (positive: longs pay). */
  readonly rate: number | ((ts: Micros) => number)
  /** Between two instants, 1 or more. Default eight hours. */
  readonly everyMicros?: Micros
}

/**
 * Funding of a perpetual.
 *
 *   cost = signed value * rate
 *
 * @throws {LobError} LOB_BAD_OPTION where `everyMicros` is not 1 or more or a rate is not a finite number.
 */
export function fundingCost({ rate, everyMicros = 8 * 3600e6 }: FundingCostOptions): CarryModel {
  integerOption('everyMicros', everyMicros, 1)
  const rateAt = (ts: Micros): number => {
    const now = typeof rate === 'number' ? rate : rate(ts)
    if (!Number.isFinite(now)) throw new LobError('LOB_BAD_OPTION', `Option rate: expected a finite number at ${ts}, got ${now}.`)
    return now
  }
  if (typeof rate === 'number') rateAt(0)
  return { name: 'funding', everyMicros, cost: ({ value, ts }) => value * rateAt(ts) }
}
