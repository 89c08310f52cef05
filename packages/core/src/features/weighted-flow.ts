import type { Tick } from '../book/tick.js'
import { rollingSum, type RollingSum } from '../numeric/rolling-sum.js'
import { rankFlow, type RankFlow } from './rank-flow.js'
import { rollingClock, type RollingClock } from './rolling-clock.js'
import type { CheckedSpan } from './rolling-span.js'

/** Order flow of several levels over a rolling window: plain data. */
export interface WeightedFlow {
  readonly clock: RollingClock
  readonly ranks: RankFlow
  readonly flows: RollingSum
  readonly depths: RollingSum
}

/** A weighted sum over levels of order flow, summed over a rolling window; rows without a flow are left out. */
export const weightedFlow = {
  init: (span: CheckedSpan, levels: number): WeightedFlow => ({
    clock: rollingClock.init(span),
    ranks: rankFlow.init(levels),
    flows: rollingSum.init(),
    depths: rollingSum.init(),
  }),

  /** NaN until the window has covered its span. `scaled` divides by the mean over the window of (bidLots + askLots) / 2 a level. */
  step({ clock, ranks, flows, depths }: WeightedFlow, tick: Tick, weights: Float64Array, scaled: boolean): number {
    const now = rollingClock.advance(clock, tick)
    rollingSum.evict(flows, rollingClock.left(clock))
    rollingSum.evict(depths, rollingClock.left(clock))
    let flow = 0
    let lots = 0
    const from = rankFlow.movedFrom(ranks, tick)
    for (let rank = 0; rank < weights.length; rank++) {
      flow += weights[rank]! * (rank < from ? rankFlow.still(ranks, rank) : rankFlow.step(ranks, tick.book, rank, false))
      lots += tick.book.bidLots(rank) + tick.book.askLots(rank)
    }
    if (!Number.isNaN(flow)) {
      rollingSum.push(flows, now, flow)
      rollingSum.push(depths, now, lots / (2 * weights.length))
    }
    if (!rollingClock.covered(clock) || flows.entries.length === 0) return NaN
    return scaled ? (rollingSum.total(flows) * flows.entries.length) / rollingSum.total(depths) : rollingSum.total(flows)
  },
} as const
