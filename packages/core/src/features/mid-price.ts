import type { Feature } from '../contracts/feature.js'
import { defineGroupedFeature } from './define-grouped-feature.js'
import { levelGroup } from './level-group.js'

/**
 * Middle of the best bid and the best ask.
 *
 *   mid = (bid + ask) / 2
 *
 * Unit: price, the double nearest to the decimal price. Column `mid_price`.
 * NaN while a side is empty, or the book is crossed or not synced. Cost: O(1) an event, no memory.
 *
 * @see Cont, Kukanov and Stoikov (2014), J. Financial Econometrics 12(1), section 2
 * @example
 * midPrice() // column mid_price
 */
export function midPrice(): Feature<'mid_price'> {
  return defineGroupedFeature({ name: 'mid_price', columns: [{ name: 'mid_price', unit: 'price' }], depth: 1, group: levelGroup, member: { kind: 'midPrice', levels: 1 } })
}
