import type { Feature } from '../contracts/feature.js'
import { monotonicDeque } from '../numeric/monotonic-deque.js'
import { defineFeature } from './define-feature.js'
import { midTicks } from './mid-ticks.js'
import { rollingClock } from './rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'
import { volatilityMeasure, type MeasureName, type VolatilityMeasure } from './volatility-measure.js'

export type ParkinsonVolatilityOptions = RollingSpan & {
  /** `volatility` is the square root of the `variance`. Default `volatility`. */
  readonly measure?: VolatilityMeasure
}

/**
 * Volatility of the mid over a rolling window, from the window's range.
 *
 *   variance = ln(H / L)^2 / (4 ln 2),  H and L the highest and lowest mid of the window;  volatility = sqrt(variance)
 *
 * Unit: log-return a window (one bar as long as the window, not annualised). Column `parkinson_vol_<span>`, or
 * `parkinson_var_<span>` (ratio). Assumes no drift; discrete prices bias it down. Mids, because trades bounce between bid and ask.
 * The window is the last `ticks` rows or (t - `micros`, t] of `tsLocal`.
 * NaN until the window has covered its span, while it holds no mid, and while the book is crossed or not synced.
 * A mid that is not positive is skipped. Cost: O(1) an event amortised, memory O(window).
 *
 * @throws {LobError} LOB_BAD_OPTION where not exactly one of `ticks` and `micros` is an integer of 1 or more, or `measure` is unknown.
 * @see Parkinson (1980), J. Business 53(1)
 * @example
 * parkinsonVolatility({ ticks: 200 }) // column parkinson_vol_200
 */
export function parkinsonVolatility<const Options extends ParkinsonVolatilityOptions>(
  options: Options,
): Feature<`parkinson_${MeasureName<Options>}_${SpanName<Options>}`> {
  const span = rollingSpan<Options>(options)
  const measure = volatilityMeasure<Options>(options)
  return defineFeature({
    name: `parkinson_${measure.name}_${span.name}`,
    unit: measure.unit,
    depth: 1,
    options: { ...span.options, measure: measure.name },
    init: () => ({ clock: rollingClock.init(span), high: monotonicDeque.init(1), low: monotonicDeque.init(-1), highest: NaN, lowest: NaN, value: NaN }),
    step: (state, tick) => {
      const { clock, high, low } = state
      const now = rollingClock.advance(clock, tick)
      monotonicDeque.evict(high, rollingClock.left(clock))
      monotonicDeque.evict(low, rollingClock.left(clock))
      const mid = midTicks(tick.book)
      if (mid > 0) {
        monotonicDeque.push(high, now, mid)
        monotonicDeque.push(low, now, mid)
      }
      if (!rollingClock.covered(clock)) return NaN
      const highest = monotonicDeque.extreme(high)
      const lowest = monotonicDeque.extreme(low)
      if (highest === state.highest && lowest === state.lowest) return state.value
      const range = Math.log1p((highest - lowest) / lowest)
      state.highest = highest
      state.lowest = lowest
      return (state.value = measure.ofVariance((range * range) / (4 * Math.LN2)))
    },
  })
}
