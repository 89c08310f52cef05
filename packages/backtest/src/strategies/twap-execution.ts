import { integerOption, type Strategy } from '@rxlob/core'
import { scheduledExecution, type ScheduledExecutionOptions } from './scheduled-execution.js'

export interface TwapExecutionOptions extends Omit<ScheduledExecutionOptions, 'shares'> {
  /** Equal slices, 1 or more. */
  readonly slices: number
}

/**
 * A parent order in equal slices of time.
 *
 * @throws {LobError} LOB_BAD_OPTION where a number is out of range.
 * @see scheduledExecution
 */
export const twapExecution = ({ slices, ...options }: TwapExecutionOptions): Strategy => ({
  ...scheduledExecution({ ...options, shares: new Array<number>(integerOption('slices', slices, 1)).fill(1) }),
  name: 'twap_execution',
})
