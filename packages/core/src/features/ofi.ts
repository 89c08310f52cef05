import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import { defineGroupedFeature } from './define-grouped-feature.js'
import { flowGroup } from './flow-group.js'

export interface OfiOptions<Levels extends number = number> {
  /** Levels per side, summed, 1 or more. Default 1, the best level alone. */
  readonly levels?: Levels
}

/**
 * Order-flow imbalance of one event: what came to the bid and left the ask, less the reverse.
 *
 *   e = [b >= b'] q - [b <= b'] q' - [a <= a'] r + [a >= a'] r'
 *
 * with b, q the bid price and lots and a, r the ask price and lots of a level, primed on the row before;
 * levels are compared rank by rank and summed. The OFI of a window is the sum over its events.
 *
 * Unit: lots, positive for net buying pressure. Column `ofi_<levels>`.
 * NaN on the first row, where a side is or was empty, where a level is or was deeper than the known depth, and while the book
 * is crossed or not synced (the next row is then compared with the last good one). A deeper rank that is or was absent counts
 * 0 on its side. Cost: O(levels) an event and in memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where `levels` is not an integer of 1 or more.
 * @see Cont, Kukanov and Stoikov (2014), J. Financial Econometrics 12(1), equation 4; Xu, Gould and Howison (2018), arXiv 1907.06230
 * @example
 * ofi({ levels: 5 }) // column ofi_5
 */
export function ofi<const Levels extends number = 1>(options: OfiOptions<Levels> = {}): Feature<`ofi_${Levels}`> {
  const { levels = 1 as Levels } = options
  const ranks = integerOption('levels', levels, 1)
  return defineGroupedFeature({
    name: `ofi_${levels}`,
    columns: [{ name: `ofi_${levels}`, unit: 'lots' }],
    depth: ranks,
    options: { levels },
    group: flowGroup,
    member: { kind: 'sum', levels: ranks },
  })
}
