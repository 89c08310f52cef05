import { imbalanceOf } from './imbalance-of.js'
import type { LevelColumn } from './level-columns.js'
import type { LevelGroupState } from './level-group.js'
import type { LevelSums } from './level-sums.js'
import { priceScale } from './price-scale.js'

/** Columns of sums over levels. */
export function sumColumns({ scale, sums, columns }: LevelGroupState, oneSided: boolean, out: Float64Array, at: number): void {
  const { bids, asks, origin } = sums
  const { depthImbalance, weightedImbalance, topVolume, bookVwap } = columns
  for (let i = 0; i < topVolume.length; i++) {
    const { at: column, last } = topVolume[i]!
    out[at + column] = bids.totals[last]!
    out[at + column + 1] = asks.totals[last]!
  }
  for (let i = 0; i < depthImbalance.length; i++) {
    const { at: column, last } = depthImbalance[i]!
    out[at + column] = oneSided ? NaN : imbalanceOf(bids.totals[last]!, asks.totals[last]!)
  }
  for (let i = 0; i < weightedImbalance.length; i++) out[at + weightedImbalance[i]!.at] = oneSided ? NaN : weighted(weightedImbalance[i]!, sums)
  for (let i = 0; i < bookVwap.length; i++) {
    const { at: column, last } = bookVwap[i]!
    out[at + column] = priceScale.price(scale, origin + bids.moments[last]! / bids.totals[last]!)
    out[at + column + 1] = priceScale.price(scale, origin + asks.moments[last]! / asks.totals[last]!)
    out[at + column + 2] = priceScale.price(scale, origin + (bids.moments[last]! + asks.moments[last]!) / (bids.totals[last]! + asks.totals[last]!))
  }
}

function weighted({ last, weights }: LevelColumn, { bids, asks }: LevelSums): number {
  let bid = 0
  let ask = 0
  for (let rank = 0; rank <= last; rank++) {
    bid += weights[rank]! * bids.lots[rank]!
    ask += weights[rank]! * asks.lots[rank]!
  }
  return imbalanceOf(bid, ask)
}
