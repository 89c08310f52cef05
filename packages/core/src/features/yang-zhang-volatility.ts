import type { Feature } from '../contracts/feature.js'
import { rollingSum } from '../numeric/rolling-sum.js'
import { barSpan } from './bar-span.js'
import type { BarVolatilityName, BarVolatilityOptions } from './bar-volatility.js'
import { defineFeature } from './define-feature.js'
import { logRatio } from './log-ratio.js'
import { midBars } from './mid-bars.js'
import { rogersSatchell } from './rogers-satchell-volatility.js'
import { rollingVariance } from './rolling-variance.js'
import { volatilityMeasure } from './volatility-measure.js'

/**
 * Volatility of the mid from open, high, low and close of bars whatever the drift, jumps between bars included, over a window.
 *
 *   variance = var(ln(O_k / C_(k-1))) + k var(ln(C_k / O_k)) + (1 - k) mean Rogers-Satchell,  k = 0.34 / (1.34 + (n + 1) / (n - 1)), var with n - 1
 *
 * Unit: log-return a bar (not annualised), as a variance a ratio. Column `yang_zhang_vol_<bars>x<span>` or `yang_zhang_var_<bars>x<span>`.
 * A bar opens at its first mid; one without a mid stands still; the first bar of all only gives its close.
 * The window is the last `bars` bars of `ticks` rows, or between multiples of `micros` on `tsLocal`; the value stays until the next bar ends.
 * NaN until there were so many bars, and while the book is crossed or not synced. Cost: O(1) an event, memory O(bars).
 *
 * @throws {LobError} LOB_BAD_OPTION where `bars` is not an integer of 2 or more, or another option is out of its range.
 * @see Yang and Zhang (2000), J. Business 73(3)
 * @example
 * yangZhangVolatility({ bars: 20, micros: 60_000_000 }) // column yang_zhang_vol_20x60s
 */
export function yangZhangVolatility<const Options extends BarVolatilityOptions>(options: Options): Feature<BarVolatilityName<'yang_zhang', Options>> {
  const span = barSpan<Options>(options, 2)
  const measure = volatilityMeasure<Options>(options)
  const count = span.bars
  const share = 0.34 / (1.34 + (count + 1) / (count - 1))
  return defineFeature({
    name: `yang_zhang_${measure.name}_${span.name}`,
    unit: measure.unit,
    depth: 1,
    options: { ...span.options, measure: measure.name },
    init: () => ({ bars: midBars.init(span.bar, count), bar: 0, opens: rollingVariance.init(), closes: rollingVariance.init(), ranges: rollingSum.init() }),
    standsUntil: ({ bars }) => midBars.until(bars),
    step: (state, tick) => {
      const { bars, opens, closes, ranges } = state
      midBars.step(bars, tick)
      while (midBars.next(bars)) {
        const opening = logRatio(bars.open, bars.previous)
        if (Number.isNaN(opening)) continue
        const bar = ++state.bar
        rollingVariance.push(opens, bar, bar - count, opening)
        rollingVariance.push(closes, bar, bar - count, logRatio(bars.close, bars.open))
        rollingSum.evict(ranges, bar - count)
        rollingSum.push(ranges, bar, rogersSatchell(bars))
      }
      if (state.bar < count) return NaN
      const range = Math.max(rollingSum.total(ranges), 0) / count
      return measure.ofVariance(rollingVariance.sample(opens) + share * rollingVariance.sample(closes) + (1 - share) * range)
    },
  })
}
