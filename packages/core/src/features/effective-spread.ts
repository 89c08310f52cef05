import type { Feature } from '../contracts/feature.js'
import { rollingSum } from '../numeric/rolling-sum.js'
import { defineFeature } from './define-feature.js'
import { rollingClock } from './rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'
import { signingName, tradeSigner, type SigningName, type TradeSigning } from './trade-signer.js'

export type EffectiveSpreadOptions = RollingSpan & {
  /** Who is said to have taken: see `tradeSign`. Default `exchange`. */
  readonly signing?: TradeSigning
}

/**
 * What takers paid around the mid, mean over the trades of a rolling window by their lots.
 *
 *   sum of v_j 2 q_j (p_j - mid before j) / sum of v_j,  q = +1 where the taker bought, -1 where the taker sold
 *
 * Unit: ticks; negative where hidden orders gave better than the mid. Column `effective_spread_[<signing>_]<span>`; `{ ticks: 1 }` is the trade alone.
 * The mid is that of the row before the trade's. The window is the last `ticks` rows (of every kind) or (t - `micros`, t] of `tsLocal`.
 * Regular and hidden trades count, but for those whose taker or mid is not known. NaN until the window has covered its span, while it
 * holds no trade, and while the book is crossed or not synced. Cost: O(1) an event amortised, memory O(trades in the window).
 *
 * @throws {LobError} LOB_BAD_OPTION where not exactly one of `ticks` and `micros` is an integer of 1 or more, or `signing` is unknown.
 * @see Huang and Stoll (1996), J. Financial Economics 41(3)
 * @example
 * effectiveSpread({ micros: 60_000_000 }) // column effective_spread_60s
 */
export function effectiveSpread<const Options extends EffectiveSpreadOptions>(
  options: Options,
): Feature<`effective_spread_${SigningName<Options>}${SpanName<Options>}`> {
  const { signing = 'exchange' } = options
  const span = rollingSpan<Options>(options)
  return defineFeature({
    name: `effective_spread_${signingName<Options>(options)}${span.name}`,
    unit: 'ticks',
    depth: 1,
    options: { ...span.options, signing },
    init: () => ({ clock: rollingClock.init(span), signer: tradeSigner.init(), paid: rollingSum.init(), traded: rollingSum.init() }),
    standsUntil: ({ clock, paid }) => rollingClock.until(clock, paid.entries),
    step: ({ clock, signer, paid, traded }, tick) => {
      const now = rollingClock.advance(clock, tick)
      rollingSum.evict(paid, rollingClock.left(clock))
      rollingSum.evict(traded, rollingClock.left(clock))
      const distance = 2 * tradeSigner.sign(signer, tick, signing) * (tick.tradeTicks - signer.mid)
      if (!Number.isNaN(distance)) {
        rollingSum.push(paid, now, distance * tick.tradeSize)
        rollingSum.push(traded, now, tick.tradeSize)
      }
      tradeSigner.see(signer, tick)
      return rollingClock.covered(clock) ? rollingSum.total(paid) / rollingSum.total(traded) : NaN
    },
  })
}
