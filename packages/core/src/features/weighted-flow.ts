import type { BookView } from '../book/book-view.js'
import type { Tick } from '../book/tick.js'
import { rollingSum, type RollingSum } from '../numeric/rolling-sum.js'
import type { Lots } from '../units.js'
import { rankFlow, type RankFlow } from './rank-flow.js'
import { rollingClock, type RollingClock } from './rolling-clock.js'
import type { CheckedSpan } from './rolling-span.js'

/** Order flow of several levels over a rolling window: plain data. */
export interface WeightedFlow {
  readonly clock: RollingClock
  readonly ranks: RankFlow
  readonly flows: RollingSum
  readonly depths: RollingSum
  /** Of all ranks and both sides, as of the last row. */
  lots: number
}

/** A weighted sum over levels of order flow, summed over a rolling window; rows without a flow are left out. */
export const weightedFlow = {
  init: (span: CheckedSpan, levels: number): WeightedFlow => ({
    clock: rollingClock.init(span),
    ranks: rankFlow.init(levels),
    flows: rollingSum.init(),
    depths: rollingSum.init(),
    lots: NaN,
  }),

  /** NaN until the window has covered its span. `scaled` divides by the mean over the window of (bidLots + askLots) / 2 a level. */
  step(state: WeightedFlow, tick: Tick, weights: Float64Array, scaled: boolean): number {
    const { clock, ranks, flows, depths } = state
    const now = rollingClock.advance(clock, tick)
    rollingSum.evict(flows, rollingClock.left(clock))
    rollingSum.evict(depths, rollingClock.left(clock))
    rankFlow.look(ranks, tick)
    const { first, end } = ranks
    let flow = rankFlow.known(ranks) || first === 0 ? 0 : NaN
    for (let rank = first; rank < end; rank++) flow += weights[rank]! * rankFlow.step(ranks, tick.book, rank, false)
    if (first < end) state.lots = lotsOf(tick.book, weights.length)
    if (!Number.isNaN(flow)) {
      if (flow !== 0) rollingSum.push(flows, now, flow)
      rollingSum.push(depths, now, state.lots / (2 * weights.length))
    }
    const rows = depths.entries.length
    if (!rollingClock.covered(clock) || rows === 0) return NaN
    return scaled ? (rollingSum.total(flows) * rows) / rollingSum.total(depths) : rollingSum.total(flows)
  },
} as const

function lotsOf(book: BookView, ranks: number): Lots {
  let lots = 0
  for (let rank = 0; rank < ranks; rank++) lots += book.bidLots(rank) + book.askLots(rank)
  return lots
}
