import type { Feature } from '../contracts/feature.js'
import { barReturns } from './bar-returns.js'
import { barSpan } from './bar-span.js'
import type { BarVolatilityName, BarVolatilityOptions } from './bar-volatility.js'
import { defineFeature } from './define-feature.js'
import { midBars } from './mid-bars.js'
import { volatilityMeasure } from './volatility-measure.js'

/** What an estimator makes of the returns of a window of bars; kept until the next bar ends. `estimate` gives a variance, NaN where there is none. */
export function returnVolatility<const Estimator extends string, const Options extends BarVolatilityOptions>(
  estimator: Estimator,
  options: Options,
  fewest: number,
  parameters: object,
  estimate: (returns: Float64Array) => number,
): Feature<BarVolatilityName<Estimator, Options>> {
  const span = barSpan<Options>(options, fewest)
  const measure = volatilityMeasure<Options>(options)
  return defineFeature({
    name: `${estimator}_${measure.name}_${span.name}`,
    unit: measure.unit,
    depth: 1,
    options: { ...span.options, ...parameters, measure: measure.name },
    init: () => ({ returns: barReturns.init(span), value: NaN }),
    standsUntil: ({ returns }) => midBars.until(returns.bars),
    step: (state, tick) => {
      if (barReturns.step(state.returns, tick)) state.value = measure.ofVariance(estimate(state.returns.returns))
      return state.value
    },
  })
}
