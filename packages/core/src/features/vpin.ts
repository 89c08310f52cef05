import type { Feature } from '../contracts/feature.js'
import { normalCdf } from '../numeric/normal-distribution.js'
import { studentCdf } from '../numeric/student-t.js'
import { integerOption, numberOption } from '../option-range.js'
import type { Ticks } from '../units.js'
import { barClock } from './bar-clock.js'
import { defineFeature } from './define-feature.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'
import { volumeBuckets } from './volume-buckets.js'
import type { VpinExactOptions } from './vpin-exact.js'

export type VpinOptions = RollingSpan &
  VpinExactOptions & {
    /** Standard deviation (n - 1) of the price's change from bar to bar, ticks, of training bars. 0 or more; 0 halves every bar. */
    readonly sigmaTicks: Ticks
    /** Student's t with so many degrees of freedom, above 0, in place of the normal distribution: 0.25 has been used for its heavy tails. Default the normal one. */
    readonly studentDegrees?: number
  }

type VpinName<Options extends VpinOptions> = `vpin_${Options extends { readonly studentDegrees: number } ? 'student_' : ''}${Options['buckets']}x${Options['bucketLots']}_${SpanName<Options>}`

/**
 * Volume-synchronised probability of informed trading, the takers guessed from price changes (bulk volume classification).
 *
 *   sum over the last n buckets of |bought - sold| / (n V);  of a bar's volume the share Z(dP / sigma) counts as bought, Z the normal distribution or Student's t
 *
 * Unit: ratio in [0, 1]. Column `vpin_<buckets>x<bucketLots>_<span>`, `vpin_student_...` with Student's t. The bars are of `ticks` rows (of every kind) or lie between multiples of `micros` on
 * `tsLocal`; dP is the change of the last trade price from bar to bar, 0 for the first. A bar that overfills a bucket goes on into the next. Regular and
 * hidden trades count. Reads no book: it follows the `trades` channel. NaN until so many buckets are full.
 * Cost: O(1) an event amortised, memory O(buckets). Where the venue names the taker take `vpinExact`: the guess is worse than the tick rule, and
 * its forecasts of volatility come from volume and volatility themselves (Andersen and Bondarenko 2014).
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of its range.
 * @see Easley, Lopez de Prado and O'Hara (2012), Review of Financial Studies 25(5)
 * @example
 * vpin({ bucketLots: 10_000, buckets: 50, micros: 60_000_000, sigmaTicks: 3.2 }) // column vpin_50x10000_60s
 */
export function vpin<const Options extends VpinOptions>(options: Options): Feature<VpinName<Options>> {
  const bucketLots = integerOption('bucketLots', options.bucketLots, 1)
  const buckets = integerOption('buckets', options.buckets, 1)
  const sigma = numberOption('sigmaTicks', options.sigmaTicks, 0, Number.MAX_VALUE)
  const degrees = options.studentDegrees === undefined ? undefined : numberOption('studentDegrees', options.studentDegrees, 1e-3, 1e6)
  const bought = degrees === undefined ? normalCdf : (z: number): number => studentCdf(z, degrees)
  const span = rollingSpan<Options>(options)
  return defineFeature({
    name: `vpin_${degrees === undefined ? '' : 'student_'}${buckets}x${bucketLots}_${span.name}` as VpinName<Options>,
    unit: 'ratio',
    depth: 0,
    options: { bucketLots, buckets, ...span.options, sigmaTicks: sigma, ...(degrees !== undefined && { studentDegrees: degrees }) },
    init: () => ({ clock: barClock.init(span), volumes: volumeBuckets.init(bucketLots, buckets), lots: 0, price: NaN, before: NaN }),
    standsUntil: ({ clock }) => barClock.until(clock),
    step: (state, tick) => {
      if (barClock.before(state.clock, tick) > 0) classify(state, sigma, bought)
      if (tick.tradePrint === 'regular' || tick.tradePrint === 'hidden') {
        state.lots += tick.tradeSize
        state.price = tick.tradeTicks
      }
      if (barClock.after(state.clock)) classify(state, sigma, bought)
      return volumeBuckets.imbalance(state.volumes)
    },
  })
}

interface BarState {
  readonly volumes: ReturnType<typeof volumeBuckets.init>
  lots: number
  price: Ticks
  before: Ticks
}

function classify(state: BarState, sigma: number, boughtAt: (z: number) => number): void {
  const bought = boughtAt((state.price - state.before) / sigma)
  const share = Number.isNaN(bought) || sigma === 0 ? 0.5 : bought
  volumeBuckets.add(state.volumes, state.lots, share * state.lots)
  state.lots = 0
  state.before = state.price
}
