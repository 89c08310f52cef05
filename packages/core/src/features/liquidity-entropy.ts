import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import { defineGroupedFeature } from './define-grouped-feature.js'
import { levelGroup } from './level-group.js'
import type { LiquidityConcentrationOptions } from './liquidity-concentration.js'

/**
 * How evenly the resting lots are spread over the best levels, both sides together.
 *
 *   -sum of s ln s / ln n,  s = q / sum of q over the n levels there are
 *
 * Unit: ratio in [0, 1], 1 where all levels hold the same. Column `liquidity_entropy_<levels>`.
 * NaN while a side is empty, where the known depth is less than `levels`, and while the book is crossed or not synced.
 * Cost: O(levels^2) an event in the worst case (an insertion sort), no memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where `levels` is not an integer of 1 or more.
 * @see Shannon (1948), Bell System Technical Journal 27(3)
 * @example
 * liquidityEntropy({ levels: 5 }) // column liquidity_entropy_5
 */
export function liquidityEntropy<const Levels extends number>(options: LiquidityConcentrationOptions<Levels>): Feature<`liquidity_entropy_${Levels}`> {
  const { levels } = options
  const ranks = integerOption('levels', levels, 1)
  return defineGroupedFeature({
    name: `liquidity_entropy_${levels}`,
    columns: [{ name: `liquidity_entropy_${levels}`, unit: 'ratio' }],
    depth: ranks,
    options: { levels },
    group: levelGroup,
    member: { kind: 'liquidityEntropy', levels: ranks },
  })
}
