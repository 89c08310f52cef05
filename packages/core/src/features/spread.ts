import type { Feature } from '../contracts/feature.js'
import { defineGroupedFeature } from './define-grouped-feature.js'
import { levelGroup } from './level-group.js'

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
  return defineGroupedFeature({ name: 'spread', columns: [{ name: 'spread', unit: 'ticks' }], depth: 1, group: levelGroup, member: { kind: 'spread', levels: 1 } })
}
