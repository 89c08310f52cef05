import type { Tick } from '../book/tick.js'
import type { Lots, Ticks } from '../units.js'
import { queueEstimate, type BehindShare, type QueueEstimate } from './queue-estimate.js'

/** An imagined order that joined a best queue when its price became the best one: plain data. */
export interface VirtualOrder {
  ticks: Ticks
  /** Total at the price at the last row. */
  lots: Lots
  readonly place: QueueEstimate
  /** Whether it joined at the last row. */
  joined: boolean
}

/**
 * Follows the queue ahead of an imagined order that changes nothing. It joins at the back of the best queue, and again whenever the best price
 * changes or the order would have been filled. `exact` takes each order's place from the tick (level 3), else the place of cancellations is guessed.
 */
export const virtualOrder = {
  init: (): VirtualOrder => ({ ticks: NaN, lots: NaN, place: queueEstimate.join(NaN), joined: true }),

  step(order: VirtualOrder, tick: Tick, side: 1 | -1, model: BehindShare | 'exact'): void {
    const { place } = order
    const ticks = side === 1 ? tick.book.bidTicks(0) : tick.book.askTicks(0)
    const lots = side === 1 ? tick.book.bidLots(0) : tick.book.askLots(0)
    order.joined = ticks !== order.ticks || tick.kind === 'snapshot'
    if (!order.joined) {
      const traded = tick.tradePrint === 'regular' && tick.tradeTicks === ticks && tick.tradeLots * side < 0 ? tick.tradeSize : 0
      if (model === 'exact') leaveExactly(order, tick, side, traded)
      else {
        if (traded > 0) queueEstimate.trade(place, traded)
        if (lots !== order.lots) queueEstimate.depth(place, order.lots, lots, model)
      }
      order.joined = Math.round(place.front) < 0
    }
    if (order.joined) {
      place.front = Number.isNaN(ticks) ? NaN : lots
      place.traded = 0
    }
    order.ticks = ticks
    order.lots = lots
  },
} as const

/** What left did so ahead of the order, unless its own place was behind. A total that is not explained by orders takes from the front. */
function leaveExactly({ place, ticks }: VirtualOrder, { changes, orderLotsAhead }: Tick, side: 1 | -1, traded: Lots): void {
  let left = 0
  for (let row = 0; row < changes.length; row++) {
    // Row by row: an order replaced in its own queue leaves and comes back behind.
    if (changes.side(row) === side && changes.ticks(row) === ticks) left += Math.max(changes.lotsBefore(row) - changes.lotsAfter(row), 0)
  }
  if (left > 0 && !(orderLotsAhead >= place.front)) place.front = Math.max(place.front - left, 0)
  else if (traded > 0) place.front = -1
}
