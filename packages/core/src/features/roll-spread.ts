import type { Feature } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import { rollingSum } from '../numeric/rolling-sum.js'
import { defineFeature } from './define-feature.js'
import { rollingClock } from './rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'

export type RollSpreadOptions = RollingSpan & {
  /** `removed`: the covariance proper; `zero`: the mean product, for prices without drift. Default `removed`. */
  readonly mean?: 'removed' | 'zero'
}

type MeanName<Options extends RollSpreadOptions> = Options extends { readonly mean: 'zero' } ? 'zero_mean_' : ''

/**
 * Spread that the bounce of trade prices betrays, without quotes.
 *
 *   2 sqrt(-cov(dp_t, dp_(t-1))) over the successive price changes of the window's trades (population covariance)
 *
 * Unit: ticks. Column `roll_spread_<span>` or `roll_spread_zero_mean_<span>`. Regular and hidden trades count; reads no book: it follows the
 * `trades` channel. The window is the last `ticks` rows (of every kind) or (t - `micros`, t] of `tsLocal`; a pair of changes belongs to its last trade.
 * NaN until the window has covered its span, while it holds fewer than two pairs, and where the covariance is not below 0.
 * Cost: O(1) an event amortised, memory O(trades in the window).
 *
 * @throws {LobError} LOB_BAD_OPTION where not exactly one of `ticks` and `micros` is an integer of 1 or more, or `mean` is unknown.
 * @see Roll (1984), J. Finance 39(4)
 * @example
 * rollSpread({ ticks: 5000 }) // column roll_spread_5000
 */
export function rollSpread<const Options extends RollSpreadOptions>(options: Options): Feature<`roll_spread_${MeanName<Options>}${SpanName<Options>}`> {
  const { mean = 'removed' } = options
  if (mean !== 'removed' && mean !== 'zero') throw new LobError('LOB_BAD_OPTION', `Option mean: expected removed or zero, got ${String(mean)}.`)
  const span = rollingSpan<Options>(options)
  return defineFeature({
    name: `roll_spread_${(mean === 'zero' ? 'zero_mean_' : '') as MeanName<Options>}${span.name}`,
    unit: 'ticks',
    depth: 0,
    options: { ...span.options, mean },
    init: () => ({ clock: rollingClock.init(span), products: rollingSum.init(), changes: rollingSum.init(), before: rollingSum.init(), price: NaN, change: NaN }),
    standsUntil: ({ clock, products }) => rollingClock.until(clock, products.entries),
    step: (state, tick) => {
      const { clock, products, changes, before } = state
      const now = rollingClock.advance(clock, tick)
      rollingSum.evict(products, rollingClock.left(clock))
      rollingSum.evict(changes, rollingClock.left(clock))
      rollingSum.evict(before, rollingClock.left(clock))
      if (tick.tradePrint === 'regular' || tick.tradePrint === 'hidden') {
        const change = tick.tradeTicks - state.price
        if (!Number.isNaN(change * state.change)) {
          rollingSum.push(products, now, change * state.change)
          rollingSum.push(changes, now, change)
          rollingSum.push(before, now, state.change)
        }
        state.change = change
        state.price = tick.tradeTicks
      }
      const count = products.entries.length
      if (!rollingClock.covered(clock) || count < 2) return NaN
      // Times count^2: whole numbers where prices are whole ticks. Prices between ticks leave rounding where the difference is 0.
      const means = mean === 'zero' ? 0 : rollingSum.total(changes) * rollingSum.total(before)
      const sum = count * rollingSum.total(products)
      const covariance = Math.abs(sum - means) > 1e-12 * (Math.abs(sum) + Math.abs(means)) ? (sum - means) / (count * count) : 0
      return covariance < 0 ? 2 * Math.sqrt(-covariance) : NaN
    },
  })
}
