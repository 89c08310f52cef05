import type { BookView } from '../book/book-view.js'
import type { Feature } from '../contracts/feature.js'
import type { Lots, Ticks } from '../units.js'
import { integerOption } from '../option-range.js'
import { defineVectorFeature } from './define-feature.js'
import { midTicks } from './mid-ticks.js'

export interface DepthWithinOptions<BasisPoints extends number = number> {
  /** Distance from the mid, hundredths of a percent, 1 or more. */
  readonly basisPoints: BasisPoints
  /** Levels per side that are looked at, 1 or more: enough to reach so far. */
  readonly levels: number
}

/**
 * Lots resting within a relative distance of the mid, each side apart: depth that compares across instruments.
 *
 *   sum of q_m over the levels with |P_m / mid - 1| <= basisPoints / 10,000
 *
 * Unit: lots. Shape: [bid, ask], columns `bid_volume_within_<basisPoints>bps` and `ask_volume_within_<basisPoints>bps`.
 * NaN where the last of `levels` levels still lies within (deeper ones are not seen) or the known depth ends within, while a side is empty,
 * where the mid is not positive, and while the book is crossed or not synced. Cost: O(levels) an event, no memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is not an integer of 1 or more.
 * @example
 * depthWithin({ basisPoints: 10, levels: 20 }) // columns bid_volume_within_10bps, ask_volume_within_10bps
 */
export function depthWithin<const BasisPoints extends number>(
  options: DepthWithinOptions<BasisPoints>,
): Feature<`${'bid' | 'ask'}_volume_within_${BasisPoints}bps`> {
  const { basisPoints, levels } = options
  integerOption('basisPoints', basisPoints, 1)
  const ranks = integerOption('levels', levels, 1)
  return defineVectorFeature({
    name: `depth_within_${basisPoints}bps`,
    columns: [
      { name: `bid_volume_within_${basisPoints}bps`, unit: 'lots' },
      { name: `ask_volume_within_${basisPoints}bps`, unit: 'lots' },
    ],
    depth: ranks,
    levelsOnly: true,
    options: { basisPoints, levels },
    init: () => ({}),
    step: (_, { book }, out, at) => {
      const mid = midTicks(book)
      const reach = mid > 0 ? (mid * basisPoints) / 10_000 : NaN
      out[at] = lotsWithin(book, 1, mid, reach, ranks)
      out[at + 1] = lotsWithin(book, -1, mid, reach, ranks)
    },
  })
}

function lotsWithin(book: BookView, side: 1 | -1, mid: Ticks, reach: Ticks, ranks: number): Lots {
  if (Number.isNaN(reach)) return NaN
  let sum = 0
  for (let rank = 0; rank < ranks; rank++) {
    const lots = side === 1 ? book.bidLots(rank) : book.askLots(rank)
    if (lots === 0 || Math.abs((side === 1 ? book.bidTicks(rank) : book.askTicks(rank)) - mid) > reach) return sum
    sum += lots
  }
  return NaN
}
