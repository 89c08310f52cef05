import type { Feature } from '../contracts/feature.js'
import { defineFeature } from './define-feature.js'
import { midTicks } from './mid-ticks.js'

/**
 * Distance from the best bid to the best ask as a share of the mid.
 *
 *   (ask - bid) / mid
 *
 * Unit: ratio, above 0 (0.0001 is one basis point). Column `relative_spread`.
 * NaN while a side is empty, where the mid is not positive, and while the book is crossed or not synced. Cost: O(1) an event, no memory.
 *
 * @example
 * relativeSpread() // column relative_spread
 */
export function relativeSpread(): Feature<'relative_spread'> {
  return defineFeature({
    name: 'relative_spread',
    unit: 'ratio',
    depth: 1,
    levelsOnly: true,
    init: () => ({}),
    step: (_, { book }) => {
      const mid = midTicks(book)
      return mid > 0 ? (book.askTicks(0) - book.bidTicks(0)) / mid : NaN
    },
  })
}
