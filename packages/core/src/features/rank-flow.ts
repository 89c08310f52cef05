import type { BookView } from '../book/book-view.js'
import type { Tick } from '../book/tick.js'
import { flowIntoRank } from './flow-into-rank.js'
import { sizeMovedAlone } from './size-moved-alone.js'

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
  /** Ranks that may have moved with it: from the first one up to the end, which is not one of them. */
  first: number
  end: number
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
    first: 0,
    end: levels,
  }),

  /** Finds which ranks may have moved since the event before: all where that one was not seen. Call once an event, first; the other ranks are `still`. */
  look(state: RankFlow, tick: Tick): void {
    const levels = state.bidTicks.length
    const follows = tick.ordinal === state.ordinal + 1
    state.ordinal = tick.ordinal
    state.first = follows ? Math.min(tick.changes.shallowest, levels) : 0
    state.end = follows && state.first < levels && rankFlow.known(state) && sizeMovedAlone(tick, state.first) ? state.first + 1 : levels
  },

  /** Whether every rank was known at the last row: those that did not move since flow 0. */
  known({ bidSize, askSize }: RankFlow): boolean {
    const last = bidSize.length - 1
    // Undefined are an empty side, at rank 0, and all ranks below the known depth.
    return !Number.isNaN(bidSize[0]! + askSize[0]! + bidSize[last]! + askSize[last]!)
  },

  /** What `step` gives at a rank that did not move. */
  still: ({ bidSize, askSize }: RankFlow, rank: number): number => (Number.isNaN(bidSize[rank]! + askSize[rank]!) ? NaN : 0),

  /** Flow into the bid less flow into the ask at `rank` since the last call for it; `log` takes ln(1 + lots) as the size. */
  step(state: RankFlow, book: BookView, rank: number, log: boolean): number {
    const bidTicks = book.bidTicks(rank)
    const askTicks = book.askTicks(rank)
    const bidLots = book.bidLots(rank)
    const askLots = book.askLots(rank)
    // An event moves one side, and mostly one rank or two: the others flow nothing, and their logarithms are known.
    const bidFlow = bidLots === state.bidLots[rank] && bidTicks === state.bidTicks[rank] ? 0 : flowIntoRank(state.bidTicks, state.bidLots, state.bidSize, rank, bidTicks, bidLots, 1, log)
    const askFlow = askLots === state.askLots[rank] && askTicks === state.askTicks[rank] ? 0 : flowIntoRank(state.askTicks, state.askLots, state.askSize, rank, askTicks, askLots, -1, log)
    return bidFlow - askFlow
  },
} as const
