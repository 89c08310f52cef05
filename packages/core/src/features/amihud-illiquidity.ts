import type { Feature } from '../contracts/feature.js'
import { rollingSum } from '../numeric/rolling-sum.js'
import { barSpan, type BarSpan, type BarSpanName } from './bar-span.js'
import { defineFeature } from './define-feature.js'
import { midBars } from './mid-bars.js'

/**
 * Price move for each unit of money traded, mean over the bars of a window in which anything traded.
 *
 *   1e6 mean of |r_k| / value_k,  r_k = ln(mid_k / mid_(k-1)) at the ends of bars,  value_k = money traded in bar k
 *
 * Unit: ratio (log-return a million of the quote currency). Column `amihud_<bars>x<span>`. Regular and hidden trades count.
 * The window is the last `bars` bars of `ticks` rows, or between multiples of `micros` on `tsLocal`; the value stays until the next bar ends.
 * NaN until there were so many bars, while none of them traded, and while the book is crossed or not synced. Cost: O(1) an event, memory O(bars).
 *
 * @throws {LobError} LOB_BAD_OPTION where `bars` or exactly one of `ticks` and `micros` is not an integer of 1 or more.
 * @see Amihud (2002), J. Financial Markets 5(1), equation 1
 * @example
 * amihudIlliquidity({ bars: 30, micros: 60_000_000 }) // column amihud_30x60s
 */
export function amihudIlliquidity<const Options extends BarSpan>(options: Options): Feature<`amihud_${BarSpanName<Options>}`> {
  const span = barSpan<Options>(options, 1)
  return defineFeature({
    name: `amihud_${span.name}`,
    unit: 'ratio',
    depth: 1,
    options: span.options,
    init: ({ contract, tickSize, lotSize, multiplier }) => ({
      bars: midBars.init(span.bar, span.bars),
      bar: 0,
      ratios: rollingSum.init(),
      inverse: contract === 'inverse',
      // Contracts of an inverse instrument are worth `multiplier` quote units at any price.
      money: (contract === 'inverse' ? 1 : tickSize) * lotSize * multiplier,
    }),
    standsUntil: ({ bars }) => midBars.until(bars),
    step: (state, tick) => {
      const { bars, ratios, inverse, money } = state
      midBars.step(bars, tick)
      while (midBars.next(bars)) {
        const change = Math.log1p((bars.close - bars.previous) / bars.previous)
        if (Number.isNaN(change)) continue
        state.bar++
        rollingSum.evict(ratios, state.bar - span.bars)
        if (bars.lots > 0) rollingSum.push(ratios, state.bar, Math.abs(change) / ((inverse ? bars.lots : bars.value) * money))
      }
      return state.bar >= span.bars ? (1e6 * rollingSum.total(ratios)) / ratios.entries.length : NaN
    },
  })
}
