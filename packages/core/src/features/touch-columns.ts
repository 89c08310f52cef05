import type { BookView } from '../book/book-view.js'
import { imbalanceOf } from './imbalance-of.js'
import type { LevelGroupState } from './level-group.js'
import { midTicks } from './mid-ticks.js'
import { priceScale } from './price-scale.js'
import { weightedMidTicks } from './weighted-mid-ticks.js'

/** Columns of the best bid and the best ask alone. */
export function touchColumns({ scale, sums: { bids, asks }, columns }: LevelGroupState, book: BookView, oneSided: boolean, out: Float64Array, at: number): void {
  const { midPrice, spread, relativeSpread, weightedMid, queueImbalance } = columns
  const mid = midTicks(book)
  const width = book.askTicks(0) - book.bidTicks(0)
  for (let i = 0; i < midPrice.length; i++) out[at + midPrice[i]!.at] = priceScale.price(scale, mid)
  for (let i = 0; i < spread.length; i++) out[at + spread[i]!.at] = width
  for (let i = 0; i < relativeSpread.length; i++) out[at + relativeSpread[i]!.at] = mid > 0 ? width / mid : NaN
  for (let i = 0; i < weightedMid.length; i++) out[at + weightedMid[i]!.at] = priceScale.price(scale, weightedMidTicks(book))
  for (let i = 0; i < queueImbalance.length; i++) out[at + queueImbalance[i]!.at] = oneSided ? NaN : imbalanceOf(bids.lots[0]!, asks.lots[0]!)
}
