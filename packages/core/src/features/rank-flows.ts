import type { Tick } from '../book/tick.js'
import { rankFlow, type RankFlow } from './rank-flow.js'

/** Order flow of one tick, by rank, in lots or their logarithms: plain data. */
export interface RankFlows {
  readonly ranks: RankFlow
  /** 0 but for the ranks from one up to another, which is not one of them. */
  readonly flows: Float64Array
  from: number
  to: number
}

export const rankFlows = {
  init: (levels: number): RankFlows => ({ ranks: rankFlow.init(levels), flows: new Float64Array(levels), from: 0, to: levels }),

  /** Finds the flow into each rank since the last call; `log` takes ln(1 + lots) as the size. */
  read(state: RankFlows, tick: Tick, log: boolean): void {
    const { ranks, flows } = state
    rankFlow.look(ranks, tick)
    const { first, end } = ranks
    const known = rankFlow.known(ranks)
    if (known) for (let rank = state.from; rank < state.to; rank++) flows[rank] = 0
    else for (let rank = 0; rank < flows.length; rank++) flows[rank] = rankFlow.still(ranks, rank)
    for (let rank = first; rank < end; rank++) flows[rank] = rankFlow.step(ranks, tick.book, rank, log)
    state.from = known ? first : 0
    state.to = known ? end : flows.length
  },

  /** Of the first `levels` ranks together. */
  total({ flows, from, to }: RankFlows, levels: number): number {
    const end = Math.min(to, levels)
    let sum = 0
    for (let rank = from; rank < end; rank++) sum += flows[rank]!
    return sum
  },
} as const
