import type { Feature } from '../contracts/feature.js'
import { defineFeature } from './define-feature.js'
import type { RealizedSpreadOptions } from './realized-spread.js'
import { rollingSpan, type SpanName } from './rolling-span.js'
import { settledTrades } from './settled-trades.js'
import { signingName, type SigningName } from './trade-signer.js'

/**
 * How far trades moved the mid within a horizon, mean by lots over the trades that settled in a rolling window.
 *
 *   sum of v_j 2 q_j (mid(t_j + horizon) - mid before j) / sum of v_j;  of the same trades effective spread = realized spread + price impact
 *
 * Unit: ticks, positive where prices follow the takers. Column `price_impact_[<signing>_]<horizon>_<span>`. The mid before is that of the row before the
 * trade's, the later one the last at or before the horizon; a trade settles at the first row after it, and one without either mid is left out.
 * The window is the last `ticks` rows or (t - `micros`, t] of `tsLocal`, by when trades settle. Regular and hidden trades count, but for those whose
 * taker is not known. NaN until the window has covered its span, while no trade settled in it, and while the book is crossed or not
 * synced. Cost: O(1) an event amortised, memory O(trades in horizon and window).
 *
 * @throws {LobError} LOB_BAD_OPTION where a span is not exactly one integer of 1 or more, or `signing` is unknown.
 * @see Huang and Stoll (1996), J. Financial Economics 41(3)
 * @example
 * priceImpact({ horizon: { micros: 5_000_000 }, micros: 60_000_000 }) // column price_impact_5s_60s
 */
export function priceImpact<const Options extends RealizedSpreadOptions>(
  options: Options,
): Feature<`price_impact_${SigningName<Options>}${SpanName<Options['horizon']>}_${SpanName<Options>}`> {
  const { signing = 'exchange' } = options
  const span = rollingSpan<Options>(options)
  const horizon = rollingSpan<Options['horizon']>(options.horizon)
  return defineFeature({
    name: `price_impact_${signingName<Options>(options)}${horizon.name}_${span.name}`,
    unit: 'ticks',
    depth: 1,
    options: { ...span.options, horizon: horizon.options, signing },
    init: () => settledTrades.init(span, horizon),
    standsUntil: settledTrades.until,
    step: (state, tick) => settledTrades.step(state, tick, signing, 'mid'),
  })
}
