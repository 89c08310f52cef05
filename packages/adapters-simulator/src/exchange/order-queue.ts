import type { Lots, Side, Ticks } from '@rxlob/core'

/** One resting order, live: `lots` is what is left of it now. */
export interface ExchangeOrder {
  readonly orderId: number
  readonly side: Side
  readonly ticks: Ticks
  readonly lots: Lots
}

/** The orders resting at one price, first come first served. Live: it changes with the exchange. */
export interface PriceQueue {
  readonly ticks: Ticks
  /** Total of its orders. */
  readonly lots: Lots
  readonly orderCount: number
  /** The order that trades next; undefined once the queue is empty. */
  readonly first: ExchangeOrder | undefined
  /** The order that came last. */
  readonly last: ExchangeOrder | undefined
  /** The orders in time priority. */
  orders(): IterableIterator<ExchangeOrder>
}

/** A resting order as the exchange keeps it: a link in the chain of its price. */
export interface QueuedOrder extends ExchangeOrder {
  ticks: Ticks
  lots: Lots
  queue: OrderQueue
  ahead: QueuedOrder | undefined
  behind: QueuedOrder | undefined
}

/** A doubly linked FIFO of orders: joining, leaving and reducing are O(1). */
export class OrderQueue implements PriceQueue {
  lots: Lots = 0
  orderCount = 0
  first: QueuedOrder | undefined = undefined
  last: QueuedOrder | undefined = undefined

  constructor(readonly ticks: Ticks) {}

  join(order: QueuedOrder): void {
    order.queue = this
    order.ticks = this.ticks
    order.ahead = this.last
    order.behind = undefined
    if (this.last === undefined) this.first = order
    else this.last.behind = order
    this.last = order
    this.lots += order.lots
    this.orderCount++
  }

  leave(order: QueuedOrder): void {
    if (order.ahead === undefined) this.first = order.behind
    else order.ahead.behind = order.behind
    if (order.behind === undefined) this.last = order.ahead
    else order.behind.ahead = order.ahead
    this.lots -= order.lots
    this.orderCount--
  }

  /** Takes lots from an order, which keeps its place; one that is used up leaves. */
  take(order: QueuedOrder, lots: Lots): void {
    order.lots -= lots
    this.lots -= lots
    if (order.lots === 0) this.leave(order)
  }

  *orders(): IterableIterator<ExchangeOrder> {
    for (let order = this.first; order !== undefined; order = order.behind) yield order
  }
}
