import type { Feature } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import { rollingSum } from '../numeric/rolling-sum.js'
import { barSpan } from './bar-span.js'
import type { BarVolatilityName, BarVolatilityOptions } from './bar-volatility.js'
import { defineFeature } from './define-feature.js'
import { logRatio } from './log-ratio.js'
import { midBars } from './mid-bars.js'
import { rollingVariance } from './rolling-variance.js'
import { volatilityMeasure } from './volatility-measure.js'

export type CloseToCloseOptions = BarVolatilityOptions & {
  /** `removed`: the sample variance, n - 1 below; `zero`: the mean square, usual within a day. Default `removed`. */
  readonly mean?: 'removed' | 'zero'
}

type MeanName<Options extends CloseToCloseOptions> = Options extends { readonly mean: 'zero' } ? 'close_to_close_zero_mean' : 'close_to_close'

/**
 * Volatility of the mid from bar to bar, over a window of bars.
 *
 *   variance = sum of (r_k - mean r)^2 / (n - 1), with `mean: 'zero'` sum of r_k^2 / n;  r_k = ln(mid_k / mid_(k-1)) at the ends of bars
 *
 * Unit: log-return a bar (not annualised), as a variance a ratio. Column `close_to_close_vol_<bars>x<span>`, `close_to_close_var_...`, or
 * `close_to_close_zero_mean_...`; n times the latter is the realized variance of a regular grid. A bar without a mid stands still.
 * The window is the last `bars` bars of `ticks` rows, or between multiples of `micros` on `tsLocal`; the value stays until the next bar ends.
 * NaN until there were so many bars, and while the book is crossed or not synced. Cost: O(1) an event, memory O(bars).
 *
 * @throws {LobError} LOB_BAD_OPTION where `bars` is not an integer of 2 or more (1 with `mean: 'zero'`), or another option is out of its range.
 * @see Andersen, Bollerslev, Diebold and Labys (2003), Econometrica 71(2), for the sum of squares
 * @example
 * closeToCloseVolatility({ bars: 20, micros: 60_000_000 }) // column close_to_close_vol_20x60s
 */
export function closeToCloseVolatility<const Options extends CloseToCloseOptions>(options: Options): Feature<BarVolatilityName<MeanName<Options>, Options>> {
  const { mean = 'removed' } = options
  if (mean !== 'removed' && mean !== 'zero') throw new LobError('LOB_BAD_OPTION', `Option mean: expected removed or zero, got ${String(mean)}.`)
  const span = barSpan<Options>(options, mean === 'zero' ? 1 : 2)
  const measure = volatilityMeasure<Options>(options)
  return defineFeature({
    name: `${(mean === 'zero' ? 'close_to_close_zero_mean' : 'close_to_close') as MeanName<Options>}_${measure.name}_${span.name}`,
    unit: measure.unit,
    depth: 1,
    options: { ...span.options, measure: measure.name },
    init: () => ({ bars: midBars.init(span.bar, span.bars), bar: 0, returns: rollingVariance.init() }),
    standsUntil: ({ bars }) => midBars.until(bars),
    step: (state, tick) => {
      const { bars, returns } = state
      midBars.step(bars, tick)
      while (midBars.next(bars)) {
        const change = logRatio(bars.close, bars.previous)
        if (!Number.isNaN(change)) rollingVariance.push(returns, ++state.bar, state.bar - span.bars, change)
      }
      if (state.bar < span.bars) return NaN
      return measure.ofVariance(mean === 'zero' ? Math.max(rollingSum.total(returns.squares), 0) / span.bars : rollingVariance.sample(returns))
    },
  })
}
