import type { Feature } from '../contracts/feature.js'
import { rollingSum } from '../numeric/rolling-sum.js'
import { defineFeature } from './define-feature.js'
import { flowOfTrade } from './flow-of-trade.js'
import { rollingClock } from './rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'

export type TradeFlowImbalanceOptions = RollingSpan & {
  /** Divide by the traded lots. Default false. */
  readonly normalised?: boolean
}

type NormalisedName<Options extends TradeFlowImbalanceOptions> = Options extends { readonly normalised: true } ? 'normalised_' : ''

/**
 * Lots bought less lots sold by takers over a rolling window.
 *
 *   sum of q_j v_j,  normalised: / sum of v_j,  q = +1 where the taker bought, -1 where the taker sold
 *
 * Unit: lots, normalised a ratio in [-1, 1]; positive for buying. Column `trade_flow_imbalance_<span>` or
 * `trade_flow_imbalance_normalised_<span>`. The window is the last `ticks` rows (of every kind) or (t - `micros`, t] of `tsLocal`.
 * Counts what `tradeFlow` counts; a trade whose taker is unknown is in neither sum. Reads no book: it follows the `trades` channel.
 * NaN until the window has covered its span and, normalised, while it holds no trade. Cost: O(1) an event amortised, memory O(trades in the window).
 *
 * @throws {LobError} LOB_BAD_OPTION where not exactly one of `ticks` and `micros` is an integer of 1 or more.
 * @see Cont, Kukanov and Stoikov (2014), J. Financial Econometrics 12(1), section 2.3
 * @example
 * tradeFlowImbalance({ micros: 500_000 }) // column trade_flow_imbalance_500ms
 */
export function tradeFlowImbalance<const Options extends TradeFlowImbalanceOptions>(
  options: Options,
): Feature<`trade_flow_imbalance_${NormalisedName<Options>}${SpanName<Options>}`> {
  const { normalised = false } = options
  const span = rollingSpan<Options>(options)
  const infix = (normalised ? 'normalised_' : '') as NormalisedName<Options>
  return defineFeature({
    name: `trade_flow_imbalance_${infix}${span.name}`,
    unit: normalised ? 'ratio' : 'lots',
    depth: 0,
    options: { ...span.options, normalised },
    init: () => ({ clock: rollingClock.init(span), signed: rollingSum.init(), traded: rollingSum.init() }),
    standsUntil: ({ clock, signed }) => rollingClock.until(clock, signed.entries),
    step: ({ clock, signed, traded }, tick) => {
      const now = rollingClock.advance(clock, tick)
      rollingSum.evict(signed, rollingClock.left(clock))
      rollingSum.evict(traded, rollingClock.left(clock))
      const flow = flowOfTrade(tick)
      if (Math.abs(flow) > 0) {
        rollingSum.push(signed, now, flow)
        rollingSum.push(traded, now, Math.abs(flow))
      }
      if (!rollingClock.covered(clock)) return NaN
      return normalised ? rollingSum.total(signed) / rollingSum.total(traded) : rollingSum.total(signed)
    },
  })
}
