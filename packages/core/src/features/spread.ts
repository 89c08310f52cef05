import type { Feature } from '../contracts/feature.js'
import { defineFeature } from './define-feature.js'

/**
 * Distance from the best bid to the best ask.
 *
 *   spread = ask - bid
 *
 * Unit: ticks, 1 or more. Column `spread`.
 * NaN while a side is empty, or the book is crossed or not synced. Cost: O(1) an event, no memory.
 *
 * @example
 * spread() // column spread
 */
export function spread(): Feature<'spread'> {
  return defineFeature({
    name: 'spread',
    unit: 'ticks',
    depth: 1,
    levelsOnly: true,
    init: () => ({}),
    step: (_, { book }) => book.askTicks(0) - book.bidTicks(0),
  })
}
