import type { Lots, OrderRequest, Side, Ticks } from '@rxlob/core'
import type { ExchangeOrder, OrderQueue, PriceQueue, QueuedOrder } from './order-queue.js'
import { PriceLadder } from './price-ladder.js'

/**
 * Hears of every change to a resting order, in the order in which they happen, one call a change:
 * what a market-by-order feed publishes. The order is live and already changed. A listener must not send orders
 * itself: the exchange is in the middle of its work.
 */
export interface ExchangeListener {
  /** The order joined the back of the queue at its price. */
  added(order: ExchangeOrder): void
  /** The owner took `lots` away; the order keeps its place. */
  reduced(order: ExchangeOrder, lots: Lots): void
  /** The owner took the order away; `order.lots` is what it still held. */
  removed(order: ExchangeOrder): void
  /** `maker` traded `lots` at its price; with `maker.lots` 0 it has left the book. */
  filled(maker: ExchangeOrder, lots: Lots, takerOrderId: number): void
  /** The order moved to the back of the queue at its present price and size. */
  replaced(order: ExchangeOrder, fromTicks: Ticks, fromLots: Lots): void
}

/** An order as a trader sends it. The sender names it: ids are integers from 0, never used twice while the order rests. */
export interface NewOrder {
  readonly orderId: number
  readonly side: OrderRequest['side']
  /**
   * As in `OrderRequest`. Market and `ioc` orders never rest, `fok` trades in full or not at all, `post-only` never trades on
   * entry.
   */
  readonly type: OrderRequest['type']
  /** 1 to 2^40. */
  readonly lots: Lots
  /** The limit; not read for market orders. */
  readonly ticks?: Ticks
}

export type RejectReason = 'bad-order-id' | 'bad-lots' | 'bad-ticks' | 'duplicate-order-id' | 'unknown-order-id' | 'would-trade'

export interface OrderOutcome {
  /** `accepted` rests in full, `partly-filled` traded and rests with what is left, `expired` is gone with lots unfilled. */
  readonly status: 'accepted' | 'partly-filled' | 'filled' | 'expired' | 'rejected'
  readonly filledLots: Lots
  readonly restingLots: Lots
  /** Where rejected. */
  readonly reason?: RejectReason
}

export interface Exchange {
  /** Matches the order by price, then time, and rests what may rest. A bad order is `rejected` and changes nothing. */
  submit(order: NewOrder): OrderOutcome
  /** Takes the order away. Returns the lots that it held: 0 where no such order rests. */
  cancel(orderId: number): Lots
  /**
   * Takes lots from the order, which keeps its place; all it has removes it. Returns the lots taken: 0 where no such order
   * rests.
   */
  reduce(orderId: number, lots: Lots): Lots
  /**
   * Gives a resting order a new price, a new size, or both. A smaller size at the same price keeps the place in the queue
   * (reported as `reduced`), anything else loses it (`replaced`). Where the new price trades, the order is taken
   * away and enters as a new limit order (`removed`, `filled`..., `added`).
   */
  replace(orderId: number, change: { readonly ticks?: Ticks; readonly lots?: Lots }): OrderOutcome
  /** Occupied prices of the side. */
  depth(side: Side): number
  /** The queue of a level, 0 being the best. */
  queue(side: Side, level: number): PriceQueue | undefined
  /** The queue at a price. */
  queueAt(side: Side, ticks: Ticks): PriceQueue | undefined
  order(orderId: number): ExchangeOrder | undefined
  /** Lots in front of the order at its price; NaN where no such order rests. Cost: O(orders in front). */
  lotsAhead(orderId: number): Lots
  /** Orders resting on both sides. */
  readonly orderCount: number
}

const silent: ExchangeListener = { added() {}, reduced() {}, removed() {}, filled() {}, replaced() {} }

/** Up to 8,191 such orders at one price still have an exact total in a double. */
const maxLots = 2 ** 40

const isOrderSize = (lots: Lots): boolean => Number.isInteger(lots) && lots > 0 && lots <= maxLots

/**
 * A matching engine with price-time priority, in integer ticks and lots, without a clock and without chance:
 * the same orders give the same book and the same reports.
 *
 * Cost: O(1) a resting order touched, plus O(levels between the best and the price) for a price near the best
 * and O(levels) for opening or closing one far from it.
 *
 * @example
 * const venue = exchange()
 * venue.submit({ orderId: 1, side: 'sell', type: 'limit', ticks: 101, lots: 5 })
 * venue.submit({ orderId: 2, side: 'buy', type: 'market', lots: 3 }) // { status: 'filled', filledLots: 3, restingLots: 0 }
 */
export function exchange(listener: ExchangeListener = silent): Exchange {
  const bids = new PriceLadder('bid')
  const asks = new PriceLadder('ask')
  const resting = new Map<number, QueuedOrder>()

  const ladder = (side: Side): PriceLadder => (side === 'bid' ? bids : asks)
  const ladderOf = (order: QueuedOrder): PriceLadder => ladder(order.side)

  /** How far the taker's limit reaches past a price; negative where it does not reach. Market orders reach everything. */
  const reach = (side: NewOrder['side'], limit: Ticks, ticks: Ticks): number => (side === 'buy' ? limit - ticks : ticks - limit)
  const limitOf = ({ side, type, ticks }: NewOrder): Ticks => (type === 'market' ? (side === 'buy' ? Infinity : -Infinity) : ticks!)

  function trades(side: NewOrder['side'], limit: Ticks): boolean {
    const best = (side === 'buy' ? asks : bids).best
    return best !== undefined && reach(side, limit, best.ticks) >= 0
  }

  function couldFill(side: NewOrder['side'], limit: Ticks, lots: Lots): boolean {
    const makers = side === 'buy' ? asks : bids
    let found = 0
    for (let level = 0; found < lots; level++) {
      const queue = makers.at(level)
      if (queue === undefined || reach(side, limit, queue.ticks) < 0) return false
      found += queue.lots
    }
    return true
  }

  function leave(order: QueuedOrder): void {
    const { queue } = order
    queue.leave(order)
    if (queue.orderCount === 0) ladderOf(order).close(queue)
  }

  /** Trades against the best makers first, the oldest first at each price. Returns the lots left. */
  function match(takerOrderId: number, side: NewOrder['side'], limit: Ticks, lots: Lots): Lots {
    const makers = side === 'buy' ? asks : bids
    let left = lots
    while (left > 0) {
      const queue = makers.best
      if (queue === undefined || reach(side, limit, queue.ticks) < 0) break
      const maker = queue.first!
      const traded = Math.min(left, maker.lots)
      queue.take(maker, traded)
      left -= traded
      if (maker.lots === 0) {
        resting.delete(maker.orderId)
        if (queue.orderCount === 0) makers.close(queue)
      }
      listener.filled(maker, traded, takerOrderId)
    }
    return left
  }

  function rest(orderId: number, side: Side, ticks: Ticks, lots: Lots): void {
    const queue: OrderQueue = ladder(side).findOrOpen(ticks)
    const order: QueuedOrder = { orderId, side, ticks, lots, queue, ahead: undefined, behind: undefined }
    queue.join(order)
    resting.set(orderId, order)
    listener.added(order)
  }

  function enter(orderId: number, side: NewOrder['side'], limit: Ticks, lots: Lots, mayRest: boolean): OrderOutcome {
    const left = match(orderId, side, limit, lots)
    if (left === 0) return { status: 'filled', filledLots: lots, restingLots: 0 }
    if (!mayRest) return { status: 'expired', filledLots: lots - left, restingLots: 0 }
    rest(orderId, side === 'buy' ? 'bid' : 'ask', limit, left)
    return { status: left === lots ? 'accepted' : 'partly-filled', filledLots: lots - left, restingLots: left }
  }

  function cancel(orderId: number): Lots {
    const order = resting.get(orderId)
    if (order === undefined) return 0
    resting.delete(orderId)
    leave(order)
    listener.removed(order)
    return order.lots
  }

  function reduce(orderId: number, lots: Lots): Lots {
    const order = resting.get(orderId)
    if (order === undefined || !isOrderSize(lots)) return 0
    if (lots >= order.lots) return cancel(orderId)
    order.queue.take(order, lots)
    listener.reduced(order, lots)
    return lots
  }

  const rejected = (reason: RejectReason): OrderOutcome => ({ status: 'rejected', filledLots: 0, restingLots: 0, reason })

  return {
    submit(order) {
      const { orderId, side, type, lots } = order
      const limit = limitOf(order)
      if (!Number.isSafeInteger(orderId) || orderId < 0) return rejected('bad-order-id')
      if (!isOrderSize(lots)) return rejected('bad-lots')
      if (type !== 'market' && !Number.isSafeInteger(limit)) return rejected('bad-ticks')
      if (resting.has(orderId)) return rejected('duplicate-order-id')
      if (type === 'post-only' && trades(side, limit)) return rejected('would-trade')
      if (type === 'fok' && !couldFill(side, limit, lots)) return { status: 'expired', filledLots: 0, restingLots: 0 }
      return enter(orderId, side, limit, lots, type === 'limit' || type === 'post-only')
    },

    cancel,
    reduce,

    replace(orderId, change) {
      const order = resting.get(orderId)
      if (order === undefined) return rejected('unknown-order-id')
      const { ticks = order.ticks, lots = order.lots } = change
      if (!isOrderSize(lots)) return rejected('bad-lots')
      if (!Number.isSafeInteger(ticks)) return rejected('bad-ticks')
      const side = order.side === 'bid' ? 'buy' : 'sell'
      if (trades(side, ticks)) {
        cancel(orderId)
        return enter(orderId, side, ticks, lots, true)
      }
      const fromTicks = order.ticks
      const fromLots = order.lots
      if (ticks === fromTicks && lots < fromLots) {
        reduce(orderId, fromLots - lots)
      } else {
        leave(order)
        order.lots = lots
        ladderOf(order).findOrOpen(ticks).join(order)
        listener.replaced(order, fromTicks, fromLots)
      }
      return { status: 'accepted', filledLots: 0, restingLots: lots }
    },

    depth: (side) => ladder(side).depth,
    queue: (side, level) => ladder(side).at(level),
    queueAt: (side, ticks) => ladder(side).find(ticks),
    order: (orderId) => resting.get(orderId),
    lotsAhead(orderId) {
      const order = resting.get(orderId)
      if (order === undefined) return NaN
      let lots = 0
      for (let other = order.ahead; other !== undefined; other = other.ahead) lots += other.lots
      return lots
    },
    get orderCount() {
      return resting.size
    },
  }
}
