import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import { defineGroupedFeature } from './define-grouped-feature.js'
import { levelGroup } from './level-group.js'

export interface TopVolumeOptions<Levels extends number = number> {
  /** Levels per side, summed, 1 or more. */
  readonly levels: Levels
}

/**
 * Lots resting on the best levels of each side.
 *
 *   bid = sum over m <= levels of bidLots_m, ask likewise
 *
 * Unit: lots. Shape: [bid, ask], columns `bid_volume_<levels>` and `ask_volume_<levels>`.
 * A side with fewer levels gives what it has, an empty side 0. NaN where the known depth is less than `levels`, and while the
 * book is crossed or not synced. Cost: O(levels) an event, no memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where `levels` is not an integer of 1 or more.
 * @example
 * topVolume({ levels: 10 }) // columns bid_volume_10, ask_volume_10
 */
export function topVolume<const Levels extends number>(
  options: TopVolumeOptions<Levels>,
): Feature<`bid_volume_${Levels}` | `ask_volume_${Levels}`> {
  const { levels } = options
  const ranks = integerOption('levels', levels, 1)
  return defineGroupedFeature({
    name: `top_volume_${levels}`,
    columns: [
      { name: `bid_volume_${levels}`, unit: 'lots' },
      { name: `ask_volume_${levels}`, unit: 'lots' },
    ],
    depth: ranks,
    options: { levels },
    group: levelGroup,
    member: { kind: 'topVolume', levels: ranks },
  })
}
