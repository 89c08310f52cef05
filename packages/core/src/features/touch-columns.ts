import type { Ticks } from '../units.js'
import { imbalanceOf } from './imbalance-of.js'
import type { LevelGroupState } from './level-group.js'
import { priceScale } from './price-scale.js'

/** Columns of the best bid and the best ask alone. */
export function touchColumns({ scale, sums: { bids, asks }, columns }: LevelGroupState, bid: Ticks, ask: Ticks, oneSided: boolean, out: Float64Array, at: number): void {
  const { midPrice, spread, relativeSpread, weightedMid, queueImbalance } = columns
  const bidLots = bids.lots[0]!
  const askLots = asks.lots[0]!
  const mid = (bid + ask) / 2
  for (let i = 0; i < midPrice.length; i++) out[at + midPrice[i]!.at] = priceScale.price(scale, mid)
  for (let i = 0; i < spread.length; i++) out[at + spread[i]!.at] = ask - bid
  for (let i = 0; i < relativeSpread.length; i++) out[at + relativeSpread[i]!.at] = mid > 0 ? (ask - bid) / mid : NaN
  for (let i = 0; i < weightedMid.length; i++) out[at + weightedMid[i]!.at] = priceScale.price(scale, bid + (ask - bid) * (bidLots / (bidLots + askLots)))
  for (let i = 0; i < queueImbalance.length; i++) out[at + queueImbalance[i]!.at] = oneSided ? NaN : imbalanceOf(bidLots, askLots)
}
