import type { Feature } from '../contracts/feature.js'
import { defineGroupedFeature } from './define-grouped-feature.js'
import { levelGroup } from './level-group.js'

/**
 * Imbalance of the two best queues.
 *
 *   rho = (bidLots - askLots) / (bidLots + askLots)
 *
 * Unit: ratio in [-1, 1], positive where the bid is longer. Column `queue_imbalance`.
 * NaN while a side is empty, or the book is crossed or not synced. Cost: O(1) an event, no memory.
 *
 * @see Gould and Bonart (2016), arXiv 1512.03492, section 3
 * @example
 * queueImbalance() // column queue_imbalance
 */
export function queueImbalance(): Feature<'queue_imbalance'> {
  return defineGroupedFeature({ name: 'queue_imbalance', columns: [{ name: 'queue_imbalance', unit: 'ratio' }], depth: 1, group: levelGroup, member: { kind: 'queueImbalance', levels: 1 } })
}
