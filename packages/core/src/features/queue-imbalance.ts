import type { Feature } from '../contracts/feature.js'
import { defineFeature } from './define-feature.js'

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
  return defineFeature({
    name: 'queue_imbalance',
    unit: 'ratio',
    depth: 1,
    levelsOnly: true,
    init: () => ({}),
    step: (_, { book }) => {
      if (book.bidDepth === 0 || book.askDepth === 0) return NaN
      const bid = book.bidLots(0)
      const ask = book.askLots(0)
      return (bid - ask) / (bid + ask)
    },
  })
}
