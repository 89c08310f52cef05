import type { BookView } from '../book/book-view.js'
import type { Tick } from '../book/tick.js'
import type { Lots, Ticks } from '../units.js'
import { sideFlow } from './side-flow.js'

/** Price, lots and size (lots, or their logarithm) of every rank at the last row. A size of NaN is unknown, a price of NaN with a known size absent. */
export interface RankFlow {
  readonly bidTicks: Float64Array
  readonly bidLots: Float64Array
  readonly bidSize: Float64Array
  readonly askTicks: Float64Array
  readonly askLots: Float64Array
  readonly askSize: Float64Array
  /** Of the event that was seen last. */
  ordinal: number
}

/**
 * Order flow at each rank of the book: the case table of Cont, Kukanov and Stoikov, with each rank's own price and size.
 * A rank that is known to be absent on either row gives 0 on its side; an empty side (rank 0) and unknown depth give NaN.
 */
export const rankFlow = {
  init: (levels: number): RankFlow => ({
    bidTicks: new Float64Array(levels),
    bidLots: new Float64Array(levels).fill(NaN),
    bidSize: new Float64Array(levels).fill(NaN),
    askTicks: new Float64Array(levels),
    askLots: new Float64Array(levels).fill(NaN),
    askSize: new Float64Array(levels).fill(NaN),
    ordinal: NaN,
  }),

  /** The first rank that may have moved since the event before: 0 where that one was not seen. Call once an event; ranks above it are `still`. */
  movedFrom(state: RankFlow, { ordinal, changes }: Tick): number {
    const follows = ordinal === state.ordinal + 1
    state.ordinal = ordinal
    return follows ? changes.shallowest : 0
  },

  /** What `step` gives at a rank that did not move. */
  still: ({ bidSize, askSize }: RankFlow, rank: number): number => (Number.isNaN(bidSize[rank]! + askSize[rank]!) ? NaN : 0),

  /** The flows of the first `ranks` ranks, summed. */
  total(state: RankFlow, tick: Tick, ranks: number, log: boolean): number {
    const from = Math.min(rankFlow.movedFrom(state, tick), ranks)
    // Undefined are an empty side, at rank 0, and all ranks below the known depth.
    let sum = from === 0 ? 0 : rankFlow.still(state, 0) + rankFlow.still(state, from - 1)
    for (let rank = from; rank < ranks; rank++) sum += rankFlow.step(state, tick.book, rank, log)
    return sum
  },

  /** Flow into the bid less flow into the ask at `rank` since the last call for it; `log` takes ln(1 + lots) as the size. */
  step(state: RankFlow, book: BookView, rank: number, log: boolean): number {
    const bidTicks = book.bidTicks(rank)
    const askTicks = book.askTicks(rank)
    const bidLots = book.bidLots(rank)
    const askLots = book.askLots(rank)
    // An event moves one side, and mostly one rank or two: the others flow nothing, and their logarithms are known.
    const bidFlow = bidLots === state.bidLots[rank] && bidTicks === state.bidTicks[rank] ? 0 : moved(state.bidTicks, state.bidLots, state.bidSize, rank, bidTicks, bidLots, 1, log)
    const askFlow = askLots === state.askLots[rank] && askTicks === state.askTicks[rank] ? 0 : moved(state.askTicks, state.askLots, state.askSize, rank, askTicks, askLots, -1, log)
    return bidFlow - askFlow
  },
} as const

/** Flow into one side at a rank, and its new numbers. `sign`: +1 for bids, -1 for asks. */
function moved(allTicks: Float64Array, allLots: Float64Array, allSizes: Float64Array, rank: number, ticks: Ticks, lots: Lots, sign: number, log: boolean): number {
  const size = sizeOf(ticks, lots, rank, log)
  const flow = sideFlow(sign * ticks, size, sign * allTicks[rank]!, allSizes[rank]!)
  allTicks[rank] = ticks
  allLots[rank] = lots
  allSizes[rank] = size
  return flow
}

function sizeOf(ticks: Ticks, lots: Lots, rank: number, log: boolean): number {
  if (rank === 0 && Number.isNaN(ticks)) return NaN
  return log ? Math.log1p(lots) : lots
}
