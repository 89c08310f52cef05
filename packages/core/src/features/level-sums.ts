import type { BookView } from '../book/book-view.js'
import { L2Book } from '../book/l2-book.js'
import { windowLevels } from '../book/side-levels.js'
import type { Ticks } from '../units.js'

/** The best levels of one side by rank, and their sums from the best down to each. Absent levels have no lots; beyond the known depth all is NaN. */
export interface SideSums {
  readonly lots: Float64Array
  readonly totals: Float64Array
  /** Lots times the ticks from `origin`: distances from one price keep the sums small, so that nothing is rounded away. */
  readonly moments: Float64Array
  /** Ticks and lots on their way from a book that shows them one by one. */
  readonly read: { readonly ticks: Float64Array; readonly lots: Float64Array }
  /** A bit for each of the first 32 ranks whose lots are not as they were when they were read before. */
  changed: number
}

/** Plain data, written in place. */
export interface LevelSums {
  readonly bids: SideSums
  readonly asks: SideSums
  /** The best bid, without bids the best ask. */
  origin: Ticks
}

export const levelSums = {
  init: (levels: number): LevelSums => ({ bids: sideSums(levels), asks: sideSums(levels), origin: NaN }),

  /** Reads as many levels as there is room for. Cost: O(levels). */
  read(sums: LevelSums, book: BookView): void {
    const { bids, asks } = sums
    sums.origin = book.bidDepth > 0 ? book.bidTicks(0) : book.askTicks(0)
    if (book instanceof L2Book && bids.lots.length <= windowLevels) {
      // What a tracker's features mostly read: a load in place of a call.
      sum(bids, book.bids.windowTicks, book.bids.windowLots, sums.origin)
      sum(asks, book.asks.windowTicks, book.asks.windowLots, sums.origin)
      return
    }
    for (let rank = 0; rank < bids.lots.length; rank++) {
      bids.read.ticks[rank] = book.bidTicks(rank)
      bids.read.lots[rank] = book.bidLots(rank)
      asks.read.ticks[rank] = book.askTicks(rank)
      asks.read.lots[rank] = book.askLots(rank)
    }
    sum(bids, bids.read.ticks, bids.read.lots, sums.origin)
    sum(asks, asks.read.ticks, asks.read.lots, sums.origin)
  },
} as const

const sideSums = (levels: number): SideSums => ({
  lots: new Float64Array(levels).fill(NaN),
  totals: new Float64Array(levels),
  moments: new Float64Array(levels),
  read: { ticks: new Float64Array(levels), lots: new Float64Array(levels) },
  changed: 0,
})

function sum(side: SideSums, ticks: Float64Array, lots: Float64Array, origin: Ticks): void {
  const { lots: held, totals, moments } = side
  let total = 0
  let moment = 0
  let changed = 0
  for (let rank = 0; rank < totals.length; rank++) {
    const size = lots[rank]!
    // `Number` of a comparison is no branch.
    changed |= Number(size !== held[rank]!) << rank
    held[rank] = size
    total += size
    totals[rank] = total
    // An absent level has no price.
    if (size !== 0) moment += (ticks[rank]! - origin) * size
    moments[rank] = moment
  }
  side.changed = changed
}
