import type { Feature } from '../contracts/feature.js'
import { defineFeature } from './define-feature.js'
import { flowOfTrade } from './flow-of-trade.js'

/**
 * Lots that the event traded, signed by the taker.
 *
 *   +lots where the taker bought, -lots where the taker sold, 0 where nothing traded
 *
 * Unit: lots, positive for buying. Column `trade_flow`. Hidden executions count, as they do in traded volume; `cross` and
 * `off-book` prints are 0. Reads no book: it follows the `trades` channel.
 * NaN where the venue does not say who took; sums over bars skip such trades. Cost: O(1) an event, no memory.
 *
 * @see Cont, Kukanov and Stoikov (2014), J. Financial Econometrics 12(1), section 2.3 (trade imbalance)
 * @example
 * tradeFlow() // column trade_flow
 */
export function tradeFlow(): Feature<'trade_flow'> {
  return defineFeature({
    name: 'trade_flow',
    unit: 'lots',
    depth: 0,
    init: () => ({ flow: NaN }),
    standsUntil: ({ flow }) => (flow === 0 ? Infinity : NaN),
    step: (state, tick) => (state.flow = flowOfTrade(tick)),
  })
}
