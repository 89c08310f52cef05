import type { Feature } from '../contracts/feature.js'
import { rollingSum } from '../numeric/rolling-sum.js'
import { defineFeature } from './define-feature.js'
import { priceScale } from './price-scale.js'
import { rollingClock } from './rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'

/**
 * Mean price of the lots traded over a rolling window.
 *
 *   sum of p_j v_j / sum of v_j
 *
 * Unit: price. Column `trade_vwap_<span>`. Regular and hidden trades count, whoever took; reads no book: it follows the `trades` channel.
 * The window is the last `ticks` rows (of every kind) or (t - `micros`, t] of `tsLocal`.
 * NaN until the window has covered its span and while it holds no trade. Cost: O(1) an event amortised, memory O(trades in the window).
 *
 * @throws {LobError} LOB_BAD_OPTION where not exactly one of `ticks` and `micros` is an integer of 1 or more.
 * @see Berkowitz, Logue and Noser (1988), J. Finance 43(1)
 * @example
 * tradeVwap({ micros: 60_000_000 }) // column trade_vwap_60s
 */
export function tradeVwap<const Span extends RollingSpan>(options: Span): Feature<`trade_vwap_${SpanName<Span>}`> {
  const span = rollingSpan(options)
  return defineFeature({
    name: `trade_vwap_${span.name}`,
    unit: 'price',
    depth: 0,
    options: span.options,
    init: (instrument) => ({ scale: priceScale.init(instrument), clock: rollingClock.init(span), values: rollingSum.init(), lots: rollingSum.init() }),
    standsUntil: ({ clock, lots }) => rollingClock.until(clock, lots.entries),
    step: ({ scale, clock, values, lots }, tick) => {
      const now = rollingClock.advance(clock, tick)
      rollingSum.evict(values, rollingClock.left(clock))
      rollingSum.evict(lots, rollingClock.left(clock))
      if (tick.tradePrint === 'regular' || tick.tradePrint === 'hidden') {
        rollingSum.push(values, now, tick.tradeTicks * tick.tradeSize)
        rollingSum.push(lots, now, tick.tradeSize)
      }
      return rollingClock.covered(clock) ? priceScale.price(scale, rollingSum.total(values) / rollingSum.total(lots)) : NaN
    },
  })
}
