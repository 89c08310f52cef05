import type { Feature } from '../contracts/feature.js'
import { rollingSum } from '../numeric/rolling-sum.js'
import { barSpan, type BarSpan, type BarSpanName } from './bar-span.js'
import { defineFeature } from './define-feature.js'
import { midBars, type MidBars } from './mid-bars.js'
import { volatilityMeasure, type MeasureName, type VolatilityMeasure } from './volatility-measure.js'

export type BarVolatilityOptions = BarSpan & {
  /** `volatility` is the square root of the `variance`. Default `volatility`. */
  readonly measure?: VolatilityMeasure
}

export type BarVolatilityName<Estimator extends string, Options extends BarVolatilityOptions> = `${Estimator}_${MeasureName<Options>}_${BarSpanName<Options>}`

/** The mean over a window of bars of what an estimator makes of each one. `estimate` is NaN for a bar that does not count. */
export function barVolatility<const Estimator extends string, const Options extends BarVolatilityOptions>(
  estimator: Estimator,
  options: Options,
  estimate: (bar: MidBars) => number,
): Feature<BarVolatilityName<Estimator, Options>> {
  const span = barSpan<Options>(options, 1)
  const measure = volatilityMeasure<Options>(options)
  return defineFeature({
    name: `${estimator}_${measure.name}_${span.name}`,
    unit: measure.unit,
    depth: 1,
    options: { ...span.options, measure: measure.name },
    init: () => ({ bars: midBars.init(span.bar, span.bars), bar: 0, terms: rollingSum.init() }),
    standsUntil: ({ bars }) => midBars.until(bars),
    step: (state, tick) => {
      midBars.step(state.bars, tick)
      while (midBars.next(state.bars)) {
        const term = estimate(state.bars)
        if (Number.isNaN(term)) continue
        state.bar++
        rollingSum.evict(state.terms, state.bar - span.bars)
        rollingSum.push(state.terms, state.bar, term)
      }
      return state.bar >= span.bars ? measure.ofVariance(Math.max(rollingSum.total(state.terms), 0) / span.bars) : NaN
    },
  })
}
