import type { Tick } from '../book/tick.js'
import type { Lots } from '../units.js'

/** Signed lots of a `regular` or `hidden` trade, NaN where the taker is unknown; 0 where nothing of the kind traded. */
export function flowOfTrade(tick: Tick): Lots {
  return tick.tradePrint === 'regular' || tick.tradePrint === 'hidden' ? tick.tradeLots : 0
}
