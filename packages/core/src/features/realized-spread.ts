import type { Feature } from '../contracts/feature.js'
import { defineFeature } from './define-feature.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'
import { settledTrades } from './settled-trades.js'
import { signingName, type SigningName, type TradeSigning } from './trade-signer.js'

export type RealizedSpreadOptions = RollingSpan & {
  /** How long after the trade the mid is looked at, in rows or in time. */
  readonly horizon: RollingSpan
  /** Who is said to have taken: see `tradeSign`. Default `exchange`. */
  readonly signing?: TradeSigning
}

/**
 * What makers kept of the spread once the price had moved, mean by lots over the trades that settled in a rolling window.
 *
 *   sum of v_j 2 q_j (p_j - mid(t_j + horizon)) / sum of v_j
 *
 * Unit: ticks. Column `realized_spread_[<signing>_]<horizon>_<span>`. The later mid is the last at or before the horizon; a trade settles at the first
 * row after it, and one without a mid then is left out. The window is the last `ticks` rows or (t - `micros`, t] of `tsLocal`, by when trades settle.
 * Regular and hidden trades count, but for those whose taker is not known. NaN until the window has covered its span, while no trade
 * settled in it, and while the book is crossed or not synced. Cost: O(1) an event amortised, memory O(trades in horizon and window).
 *
 * @throws {LobError} LOB_BAD_OPTION where a span is not exactly one integer of 1 or more, or `signing` is unknown.
 * @see Huang and Stoll (1996), J. Financial Economics 41(3)
 * @example
 * realizedSpread({ horizon: { micros: 5_000_000 }, micros: 60_000_000 }) // column realized_spread_5s_60s
 */
export function realizedSpread<const Options extends RealizedSpreadOptions>(
  options: Options,
): Feature<`realized_spread_${SigningName<Options>}${SpanName<Options['horizon']>}_${SpanName<Options>}`> {
  const { signing = 'exchange' } = options
  const span = rollingSpan<Options>(options)
  const horizon = rollingSpan<Options['horizon']>(options.horizon)
  return defineFeature({
    name: `realized_spread_${signingName<Options>(options)}${horizon.name}_${span.name}`,
    unit: 'ticks',
    depth: 1,
    options: { ...span.options, horizon: horizon.options, signing },
    init: () => settledTrades.init(span, horizon),
    standsUntil: settledTrades.until,
    step: (state, tick) => -settledTrades.step(state, tick, signing, 'trade'),
  })
}
