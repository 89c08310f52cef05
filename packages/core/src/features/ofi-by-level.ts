import type { Column, Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import { defineGroupedFeature } from './define-grouped-feature.js'
import { flowGroup } from './flow-group.js'

export interface OfiByLevelOptions {
  /** Levels per side, one column each, 1 or more. */
  readonly levels: number
}

/**
 * Order-flow imbalance of one event at each rank of the book (MLOFI).
 *
 *   e_m = the formula of `ofi` with the price and lots of rank m
 *
 * Unit: lots, positive for net buying pressure. Shape: one column a level, best first: `ofi_level_1` to `ofi_level_<levels>`.
 * A move of the best price shifts every rank: that is the definition, and the columns are strongly collinear.
 * NaN as in `ofi`, level by level. Cost: O(levels) an event and in memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where `levels` is not an integer of 1 or more.
 * @see Xu, Gould and Howison (2018), arXiv 1907.06230
 * @example
 * ofiByLevel({ levels: 2 }) // columns ofi_level_1, ofi_level_2
 */
export function ofiByLevel(options: OfiByLevelOptions): Feature<`ofi_level_${number}`> {
  const levels = integerOption('levels', options.levels, 1)
  return defineGroupedFeature({
    name: `ofi_by_level_${levels}`,
    columns: Array.from({ length: levels }, (_, rank): Column<`ofi_level_${number}`> => ({ name: `ofi_level_${rank + 1}`, unit: 'lots' })),
    depth: levels,
    options: { levels },
    group: flowGroup,
    member: { kind: 'ranks', levels },
  })
}
