import type { Feature } from '../contracts/feature.js'
import { ring } from '../numeric/ring.js'
import { sortedSums } from '../numeric/sorted-sums.js'
import { integerOption, numberOption } from '../option-range.js'
import type { Ticks } from '../units.js'
import { defineVectorFeature } from './define-feature.js'
import { priceScale } from './price-scale.js'
import { rollingClock } from './rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'
import { valueArea } from './value-area.js'

export type TradedProfileOptions = RollingSpan & {
  /** Width of a price bin, ticks, 1 or more; bins are centred on its multiples. Default 1. */
  readonly binTicks?: Ticks
  /** Share of the traded lots that the value area holds, in [0, 1]. Default 0.7. */
  readonly share?: number
}

/**
 * Volume profile: the price where most was traded over a rolling window, and the shortest range around it that holds a given share.
 *
 *   point of control = the bin with the most lots;  value area = the fewest contiguous bins with it that hold `share` of the lots
 *
 * Unit: price, of the middle of a bin. Shape: columns `point_of_control_<span>`, `value_low_<span>` and `value_high_<span>`. Among equals the
 * lower price wins, of value areas first the one with more lots. Regular and hidden trades count, whoever took; reads no book: it
 * follows the `trades` channel. The window is the last `ticks` rows (of every kind) or (t - `micros`, t] of `tsLocal`.
 * NaN until the window has covered its span and while it holds no trade. Cost: O(bins in the window) a trade that enters or leaves.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of its range.
 * @see Steidlmayer and Koy (1986), Markets and Market Logic, for the terms
 * @example
 * tradedProfile({ micros: 300_000_000 }) // columns point_of_control_300s, value_low_300s, value_high_300s
 */
export function tradedProfile<const Options extends TradedProfileOptions>(
  options: Options,
): Feature<`${'point_of_control' | 'value_low' | 'value_high'}_${SpanName<Options>}`> {
  const span = rollingSpan<Options>(options)
  const binTicks = integerOption('binTicks', options.binTicks ?? 1, 1)
  const share = numberOption('share', options.share ?? 0.7, 0, 1)
  return defineVectorFeature({
    name: `traded_profile_${span.name}`,
    columns: [
      { name: `point_of_control_${span.name}`, unit: 'price' },
      { name: `value_low_${span.name}`, unit: 'price' },
      { name: `value_high_${span.name}`, unit: 'price' },
    ],
    depth: 0,
    options: { ...span.options, binTicks, share },
    init: (instrument) => ({ scale: priceScale.init(instrument), clock: rollingClock.init(span), bins: ring.init(), lots: ring.init(), profile: sortedSums.init(), area: valueArea.init() }),
    standsUntil: ({ clock, bins }) => rollingClock.until(clock, bins),
    step: ({ scale, clock, bins, lots, profile, area }, tick, out, at) => {
      const now = rollingClock.advance(clock, tick)
      let changed = false
      for (; ring.firstKey(bins) <= rollingClock.left(clock); changed = true) {
        sortedSums.add(profile, ring.firstValue(bins), -ring.firstValue(lots))
        ring.shift(bins)
        ring.shift(lots)
      }
      if (tick.tradePrint === 'regular' || tick.tradePrint === 'hidden') {
        const bin = Math.round(tick.tradeTicks / binTicks)
        ring.push(bins, now, bin)
        ring.push(lots, now, tick.tradeSize)
        sortedSums.add(profile, bin, tick.tradeSize)
        changed = true
      }
      if (changed) valueArea.find(area, profile, share)
      const covered = rollingClock.covered(clock)
      out[at] = covered ? priceScale.price(scale, area.point * binTicks) : NaN
      out[at + 1] = covered ? priceScale.price(scale, area.low * binTicks) : NaN
      out[at + 2] = covered ? priceScale.price(scale, area.high * binTicks) : NaN
    },
  })
}
