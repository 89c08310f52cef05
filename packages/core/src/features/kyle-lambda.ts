import type { Feature } from '../contracts/feature.js'
import { rollingSum } from '../numeric/rolling-sum.js'
import { barSpan, type BarSpan, type BarSpanName } from './bar-span.js'
import { defineFeature } from './define-feature.js'
import { midBars } from './mid-bars.js'
import { signingName, type SigningName, type TradeSigning } from './trade-signer.js'

export type KyleLambdaOptions = BarSpan & {
  /** Whether the regression has an intercept. Default true. */
  readonly intercept?: boolean
  /** Who is said to have taken: see `tradeSign`. Default `exchange`. */
  readonly signing?: TradeSigning
}

type InterceptName<Options extends KyleLambdaOptions> = Options extends { readonly intercept: false } ? 'origin_' : ''

/**
 * Price impact of net buying: the slope of the mid's change on signed traded lots, over a window of bars.
 *
 *   dmid_k = c + lambda x_k + e_k,  x_k = sum of q_j v_j over the trades of bar k;  c = 0 without `intercept`
 *
 * Unit: ticks (a lot). Column `kyle_lambda_[origin_][<signing>_]<bars>x<span>`. Regular and hidden trades count, but for those whose taker is not known.
 * The window is the last `bars` bars of `ticks` rows, or between multiples of `micros` on `tsLocal`; the value stays until the next bar ends.
 * NaN until there were so many bars, where x does not vary (without intercept: is 0), and while the book is crossed or not synced.
 * Cost: O(1) an event, memory O(bars).
 *
 * @throws {LobError} LOB_BAD_OPTION where `bars` is not an integer of 2 or more, the span not exactly one of 1 or more, or `signing` is unknown.
 * @see Kyle (1985), Econometrica 53(6)
 * @example
 * kyleLambda({ bars: 60, micros: 1_000_000 }) // column kyle_lambda_60x1s
 */
export function kyleLambda<const Options extends KyleLambdaOptions>(
  options: Options,
): Feature<`kyle_lambda_${InterceptName<Options>}${SigningName<Options>}${BarSpanName<Options>}`> {
  const { intercept = true, signing = 'exchange' } = options
  const span = barSpan<Options>(options, 2)
  const infix = (intercept ? '' : 'origin_') as InterceptName<Options>
  return defineFeature({
    name: `kyle_lambda_${infix}${signingName<Options>(options)}${span.name}`,
    unit: 'ticks',
    depth: 1,
    options: { ...span.options, intercept, signing },
    init: () => ({ bars: midBars.init(span.bar, span.bars), bar: 0, x: rollingSum.init(), y: rollingSum.init(), xx: rollingSum.init(), xy: rollingSum.init(), slope: NaN }),
    standsUntil: ({ bars }) => midBars.until(bars),
    step: (state, tick) => {
      const { bars, x, y, xx, xy } = state
      midBars.step(bars, tick, signing)
      while (midBars.next(bars)) {
        const change = bars.close - bars.previous
        if (Number.isNaN(change)) continue
        state.bar++
        rollingSum.evict(x, state.bar - span.bars)
        rollingSum.evict(y, state.bar - span.bars)
        rollingSum.evict(xx, state.bar - span.bars)
        rollingSum.evict(xy, state.bar - span.bars)
        rollingSum.push(x, state.bar, bars.flow)
        rollingSum.push(y, state.bar, change)
        rollingSum.push(xx, state.bar, bars.flow * bars.flow)
        rollingSum.push(xy, state.bar, bars.flow * change)
        const [sumX, count] = intercept ? [rollingSum.total(x), span.bars] : [0, 1]
        const spread = count * rollingSum.total(xx) - sumX * sumX
        state.slope = state.bar >= span.bars && spread > 0 ? (count * rollingSum.total(xy) - sumX * rollingSum.total(y)) / spread : NaN
      }
      return state.slope
    },
  })
}
