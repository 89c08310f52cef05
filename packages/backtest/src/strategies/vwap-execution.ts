import type { Strategy } from '@rxlob/core'
import { scheduledExecution, type ScheduledExecutionOptions } from './scheduled-execution.js'

export interface VwapExecutionOptions extends Omit<ScheduledExecutionOptions, 'shares'> {
  /** Volume that the market usually trades in each slice, any unit; from days before the one that is traded. */
  readonly usualVolume: readonly number[]
}

/**
 * A parent order in slices as large as the market's usual share of volume in them.
 *
 * @throws {LobError} LOB_BAD_OPTION where a number is out of range or no volume is above 0.
 * @see scheduledExecution
 */
export const vwapExecution = ({ usualVolume, ...options }: VwapExecutionOptions): Strategy => ({
  ...scheduledExecution({ ...options, shares: usualVolume }),
  name: 'vwap_execution',
})
