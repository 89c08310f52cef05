import type { Feature } from '../contracts/feature.js'
import { rollingSum } from '../numeric/rolling-sum.js'
import { defineFeature } from './define-feature.js'
import { midTicks } from './mid-ticks.js'
import { rollingClock } from './rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'
import { volatilityMeasure, type MeasureName, type VolatilityMeasure } from './volatility-measure.js'

export type RealizedVolatilityOptions = RollingSpan & {
  /** `volatility` is the square root of the `variance`. Default `volatility`. */
  readonly measure?: VolatilityMeasure
}

/**
 * Realized volatility of the mid over a rolling window, from the return of every row.
 *
 *   variance = sum of r_i^2,  r_i = ln(mid_i / mid_(i-1));  volatility = sqrt(variance)
 *
 * Unit: log-return a window (not annualised, not a mean). Column `realized_vol_<span>`, or `realized_var_<span>` (ratio).
 * The window is the last `ticks` rows or (t - `micros`, t] of `tsLocal`; a return belongs to its later row, and one that spans
 * rows without a mid is kept. Every bounce of the mid counts, so in tick time it exceeds the variance of the efficient price.
 * NaN until the window has covered its span, while it holds fewer than two returns, and while the book is crossed or not synced.
 * A mid that is not positive is skipped. Cost: O(1) an event amortised, memory O(window).
 *
 * @throws {LobError} LOB_BAD_OPTION where not exactly one of `ticks` and `micros` is an integer of 1 or more, or `measure` is unknown.
 * @see Andersen, Bollerslev, Diebold and Labys (2003), Econometrica 71(2)
 * @example
 * realizedVolatility({ micros: 10_000_000 }) // column realized_vol_10s
 */
export function realizedVolatility<const Options extends RealizedVolatilityOptions>(
  options: Options,
): Feature<`realized_${MeasureName<Options>}_${SpanName<Options>}`> {
  const span = rollingSpan<Options>(options)
  const measure = volatilityMeasure<Options>(options)
  return defineFeature({
    name: `realized_${measure.name}_${span.name}`,
    unit: measure.unit,
    depth: 1,
    options: { ...span.options, measure: measure.name },
    init: () => ({ clock: rollingClock.init(span), squares: rollingSum.init(), mid: NaN, last: NaN, beforeLast: NaN }),
    step: (state, tick) => {
      const { clock, squares } = state
      const now = rollingClock.advance(clock, tick)
      rollingSum.evict(squares, rollingClock.left(clock))
      const mid = midTicks(tick.book)
      if (mid > 0) {
        // log1p of the exact difference: the quotient of two near prices would lose half its digits.
        const change = mid === state.mid ? 0 : Math.log1p((mid - state.mid) / state.mid)
        if (!Number.isNaN(change)) {
          // Most returns are 0: of those only the times of the last two are kept.
          if (change !== 0) rollingSum.push(squares, now, change * change)
          state.beforeLast = state.last
          state.last = now
        }
        state.mid = mid
      }
      if (!rollingClock.covered(clock) || !(state.beforeLast > rollingClock.left(clock))) return NaN
      return measure.ofVariance(Math.max(rollingSum.total(squares), 0))
    },
  })
}
