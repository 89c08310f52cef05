import type { BookView } from '../book/book-view.js'
import type { Column, Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import type { Ticks } from '../units.js'
import { defineVectorFeature } from './define-feature.js'
import { midTicks } from './mid-ticks.js'

export interface DepthProfileOptions<Bins extends number = number> {
  /** Bins per side, 1 or more. */
  readonly bins: Bins
  /** Width of a bin, ticks, 1 or more. Default 1. */
  readonly binTicks?: Ticks
  /** Levels per side that are looked at, 1 or more; deeper ones do not count. */
  readonly levels: number
}

/**
 * Where the resting lots stand around the mid: a histogram by distance, both sides together summing to 1.
 *
 *   share of bin k = lots with (k - 1) w < |P - mid| <= k w / lots within `bins` w,  k = 1 .. bins,  w = binTicks
 *
 * Unit: ratios in [0, 1]. Shape: bids from the mid outwards, then asks: columns `bid_profile_<bins>x<binTicks>_1`, ... and
 * `ask_profile_<bins>x<binTicks>_1`, .... NaN where no lots stand so near, while a side is empty, where the known depth is less than
 * `levels`, and while the book is crossed or not synced. Cost: O(levels + bins) an event, no memory.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is not an integer of 1 or more.
 * @see Bouchaud, Mezard and Potters (2002), Quantitative Finance 2(4), for the shape of the mean profile
 * @example
 * depthProfile({ bins: 5, binTicks: 2, levels: 10 }) // columns bid_profile_5x2_1, ..., ask_profile_5x2_5
 */
export function depthProfile<const Bins extends number>(options: DepthProfileOptions<Bins>): Feature<`${'bid' | 'ask'}_profile_${Bins}x${number}_${number}`> {
  const { bins, binTicks = 1, levels } = options
  integerOption('bins', bins, 1)
  integerOption('binTicks', binTicks, 1)
  const ranks = integerOption('levels', levels, 1)
  const columnsOf = <Side extends 'bid' | 'ask'>(side: Side): Column<`${Side}_profile_${Bins}x${number}_${number}`>[] =>
    Array.from({ length: bins }, (_, bin) => ({ name: `${side}_profile_${bins}x${binTicks}_${bin + 1}` as const, unit: 'ratio' }))
  return defineVectorFeature({
    name: `depth_profile_${bins}x${binTicks}`,
    columns: [...columnsOf('bid'), ...columnsOf('ask')],
    depth: ranks,
    levelsOnly: true,
    options: { bins, binTicks, levels },
    init: () => ({}),
    step: (_, { book }, out, at) => {
      const mid = midTicks(book)
      // Not fill(): it costs more than all the rest for ten numbers.
      for (let bin = at; bin < at + 2 * bins; bin++) out[bin] = 0
      const total = addSide(book, 1, mid, ranks, binTicks, bins, out, at) + addSide(book, -1, mid, ranks, binTicks, bins, out, at + bins)
      for (let bin = at; bin < at + 2 * bins; bin++) out[bin]! /= total
    },
  })
}

/** Adds the lots of a side to its bins; returns their sum, NaN where one is not known. */
function addSide(book: BookView, side: 1 | -1, mid: Ticks, ranks: number, width: Ticks, bins: number, out: Float64Array, at: number): number {
  let sum = 0
  for (let rank = 0; rank < ranks; rank++) {
    const lots = side === 1 ? book.bidLots(rank) : book.askLots(rank)
    if (lots === 0) break
    const widths = Math.abs(mid - (side === 1 ? book.bidTicks(rank) : book.askTicks(rank))) / width
    if (widths > bins) continue
    if (!(widths > 0)) return NaN
    out[at + ((Math.ceil(widths) - 1) | 0)]! += lots
    sum += lots
  }
  return sum
}
