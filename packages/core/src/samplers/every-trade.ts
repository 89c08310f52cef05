import type { Sampler } from '../contracts/feature.js'

/**
 * A row for every event that traded: each trade, and each fill of a resting order. Crosses and off-book prints are no rows,
 * as they count in no traded volume.
 *
 * @example
 * features([ofi()], { sample: everyTrade() })
 */
export const everyTrade = (): Sampler => ({
  name: 'every_trade',
  init: () => ({}),
  step: (_, { tradePrint }) => tradePrint === 'regular' || tradePrint === 'hidden',
})
