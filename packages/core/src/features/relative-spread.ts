import type { Feature } from '../contracts/feature.js'
import { defineGroupedFeature } from './define-grouped-feature.js'
import { levelGroup } from './level-group.js'

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
  return defineGroupedFeature({ name: 'relative_spread', columns: [{ name: 'relative_spread', unit: 'ratio' }], depth: 1, group: levelGroup, member: { kind: 'relativeSpread', levels: 1 } })
}
