import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import { bookSweep } from './book-sweep.js'
import { defineFeature } from './define-feature.js'
import { midTicks } from './mid-ticks.js'
import type { SweepOptions } from './sweep-price.js'

/**
 * What it would cost to buy and sell a given size at once through the book, as a share of the mid.
 *
 *   (sweep price buying - sweep price selling) / mid
 *
 * Unit: ratio, above 0 (0.0001 is one basis point), fees apart. Column `round_trip_cost_<lots>`.
 * NaN where a side cannot fill `lots` within `levels` or its known depth, where the mid is not positive, and while the book is crossed or
 * not synced. Cost: O(levels) an event, no memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is not an integer of 1 or more.
 * @see Gomber, Schweickert and Theissen (2015), European Financial Management 21(1), for the Xetra Liquidity Measure
 * @example
 * roundTripCost({ lots: 500, levels: 10 }) // column round_trip_cost_500
 */
export function roundTripCost<const Size extends number>(options: SweepOptions<Size>): Feature<`round_trip_cost_${Size}`> {
  const { lots, levels } = options
  integerOption('lots', lots, 1)
  const ranks = integerOption('levels', levels, 1)
  return defineFeature({
    name: `round_trip_cost_${lots}`,
    unit: 'ratio',
    depth: ranks,
    levelsOnly: true,
    options: { lots, levels },
    init: () => bookSweep.init(),
    step: (sweep, { book }) => {
      bookSweep.walk(sweep, book, -1, lots, ranks)
      const buy = sweep.unfilled === 0 ? sweep.ticks : NaN
      bookSweep.walk(sweep, book, 1, lots, ranks)
      const mid = midTicks(book)
      return sweep.unfilled === 0 && mid > 0 ? (buy - sweep.ticks) / mid : NaN
    },
  })
}
