import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import { defineGroupedFeature } from './define-grouped-feature.js'
import { levelGroup } from './level-group.js'

export interface LiquidityConcentrationOptions<Levels extends number = number> {
  /** Levels per side, 1 or more. */
  readonly levels: Levels
}

/**
 * How unequally the resting lots are spread over the best levels, both sides together.
 *
 *   top share = (q_bid1 + q_ask1) / sum of q;  HHI = sum of s^2, s = q / sum of q, normalised (HHI - 1/n) / (1 - 1/n);
 *   Gini = 2 sum of i q_(i) / (n sum of q) - (n + 1) / n, sizes ascending
 *
 * over the n levels there are. Unit: ratios in [0, 1]. Shape: columns `top_share_<levels>`, `hhi_<levels>`, `hhi_normalised_<levels>` and
 * `gini_<levels>`. NaN while a side is empty, where the known depth is less than `levels`, and while the book is crossed or not synced.
 * Cost: O(levels^2) an event in the worst case (an insertion sort), no memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where `levels` is not an integer of 1 or more.
 * @see Hirschman (1964), American Economic Review 54(5); Gini (1912), Variabilita e mutabilita
 * @example
 * liquidityConcentration({ levels: 5 }) // columns top_share_5, hhi_5, hhi_normalised_5, gini_5
 */
export function liquidityConcentration<const Levels extends number>(
  options: LiquidityConcentrationOptions<Levels>,
): Feature<`${'top_share' | 'hhi' | 'hhi_normalised' | 'gini'}_${Levels}`> {
  const { levels } = options
  const ranks = integerOption('levels', levels, 1)
  return defineGroupedFeature({
    name: `liquidity_concentration_${levels}`,
    columns: [
      { name: `top_share_${levels}`, unit: 'ratio' },
      { name: `hhi_${levels}`, unit: 'ratio' },
      { name: `hhi_normalised_${levels}`, unit: 'ratio' },
      { name: `gini_${levels}`, unit: 'ratio' },
    ],
    depth: ranks,
    options: { levels },
    group: levelGroup,
    member: { kind: 'liquidityConcentration', levels: ranks },
  })
}
