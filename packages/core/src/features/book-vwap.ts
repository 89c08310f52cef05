import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import { defineGroupedFeature } from './define-grouped-feature.js'
import { levelGroup } from './level-group.js'

export interface BookVwapOptions<Levels extends number = number> {
  /** Levels per side, 1 or more. */
  readonly levels: Levels
}

/**
 * Mean price of the resting lots of the best levels, of each side and of both together.
 *
 *   vwap = sum of P_m q_m / sum of q_m,  m <= levels
 *
 * Unit: price. Shape: [bid, ask, both], columns `bid_vwap_<levels>`, `ask_vwap_<levels>` and `book_vwap_<levels>`.
 * A side with fewer levels gives what it has. NaN where the side, or for both together where both, is empty, where the known depth is less than
 * `levels`, and while the book is crossed or not synced. Cost: O(levels) an event, no memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where `levels` is not an integer of 1 or more.
 * @see Cao, Hansch and Wang (2009), J. Futures Markets 29(1), for prices weighted by the book's sizes
 * @example
 * bookVwap({ levels: 5 }) // columns bid_vwap_5, ask_vwap_5, book_vwap_5
 */
export function bookVwap<const Levels extends number>(
  options: BookVwapOptions<Levels>,
): Feature<`bid_vwap_${Levels}` | `ask_vwap_${Levels}` | `book_vwap_${Levels}`> {
  const { levels } = options
  const ranks = integerOption('levels', levels, 1)
  return defineGroupedFeature({
    name: `book_vwap_${levels}`,
    columns: [
      { name: `bid_vwap_${levels}`, unit: 'price' },
      { name: `ask_vwap_${levels}`, unit: 'price' },
      { name: `book_vwap_${levels}`, unit: 'price' },
    ],
    depth: ranks,
    options: { levels },
    group: levelGroup,
    member: { kind: 'bookVwap', levels: ranks },
  })
}
