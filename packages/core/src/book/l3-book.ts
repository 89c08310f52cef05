import type { Lots, Ticks } from '../units.js'
import { Cause, type CauseCode, type ChangeLog } from './change-log.js'
import type { L2Book } from './l2-book.js'
import { OrderQueues } from './order-queues.js'

/** What happened to orders that cannot be seen in the levels. Counts since the tracker began. */
export interface OrderCounts {
  /** Changes to an order whose id was never seen; they took from the level's anonymous quantity. */
  unseenOrders: number
  /** Orders whose level went out of view. */
  forgottenOrders: number
  /** Changes that known orders and level totals explain differently; the level's total was believed. */
  inconsistentOrders: number
}

/** Where an order stands in the queue of its price. */
export interface QueuePosition {
  /** Lots ahead of the order, anonymous quantity included. */
  readonly lotsAhead: Lots
  /** Known orders ahead of it. */
  readonly ordersAhead: number
}

/**
 * A book by order: the queues behind the levels of an `L2Book`, which it writes too.
 *
 * A level's total less its known orders is anonymous quantity, which stands ahead of every known order.
 * An order id never seen takes from it. Where a level's total and its orders disagree the total is
 * believed: the oldest known orders give way. Methods that change return false where a level would
 * become negative or a replaced order is unknown: the book can then not be trusted any more.
 */
export class L3Book {
  readonly queues: OrderQueues
  private readonly levels: L2Book
  private readonly changes: ChangeLog
  private readonly counts: OrderCounts
  /** Where the order that was changed last stood: its side, 0 where there is none, its price and the slot ahead of it. */
  private changedSide: 1 | -1 | 0 = 0
  private changedTicks: Ticks = NaN
  private changedBehind: number = -1

  /** @param queues Of the orders behind the levels as they are. Default: none is known. */
  constructor(levels: L2Book, changes: ChangeLog, counts: OrderCounts, queues: OrderQueues = new OrderQueues()) {
    this.queues = queues
    this.levels = levels
    this.changes = changes
    this.counts = counts
  }

  /** Undefined for an id that is not resting in view. Cost: O(orders ahead). */
  queuePosition(orderId: number): QueuePosition | undefined {
    const { queues } = this
    const order = queues.find(orderId)
    if (order < 0 || !queues.rests(order)) return undefined
    let ordersAhead = 0
    for (let at = queues.first(queues.side(order), queues.ticks(order)); at !== order; at = queues.following(at)) ordersAhead++
    return { lotsAhead: this.anonymousLots(queues.side(order), queues.ticks(order)) + queues.lotsAhead(order), ordersAhead }
  }

  /** From here on no order has been changed. */
  forgetChanged(): void {
    this.changedSide = 0
  }

  /** Lots that stood ahead of the order changed last, as long as no other has changed since. NaN where there is none, or its level's total was set from outside since. Cost: O(orders ahead). */
  lotsAheadOfChanged(): Lots {
    const { queues, changedSide: side, changedTicks: ticks, changedBehind: behind } = this
    if (side === 0) return NaN
    if (behind < 0) return this.anonymousLots(side, ticks)
    return this.anonymousLots(side, ticks) + queues.lotsAhead(behind) + queues.lots(behind)
  }

  /** Lots at a price that no known order explains. */
  anonymousLots(side: 1 | -1, ticks: Ticks): Lots {
    return Math.max(0, this.totalLots(side, ticks) - this.queues.knownLots(side, ticks))
  }

  /** An order joins the tail of its price. An id that rests already leaves its old place first. */
  add(orderId: number, side: 1 | -1, ticks: Ticks, lots: Lots): boolean {
    if (this.dropResting(orderId)) this.counts.inconsistentOrders++
    this.write(side, ticks, lots, Cause.add)
    this.queues.add(orderId, side, ticks, lots)
    return true
  }

  /** An order of a snapshot, whose level total is set already. */
  attach(orderId: number, side: 1 | -1, ticks: Ticks, lots: Lots): void {
    this.queues.add(orderId, side, ticks, lots)
    this.believeTotal(side, ticks)
  }

  /** Takes lots from an order; `whole` takes all that is left of a known one. */
  take(orderId: number, side: 1 | -1, ticks: Ticks, lots: Lots, whole: boolean, cause: CauseCode): boolean {
    const { queues } = this
    const order = queues.find(orderId)
    if (order >= 0 && queues.rests(order)) {
      const left = queues.lots(order)
      const taken = whole ? left : Math.min(lots, left)
      if (taken !== lots) this.counts.inconsistentOrders++
      const heldSide = queues.side(order)
      const heldTicks = queues.ticks(order)
      this.remember(order)
      queues.take(order, taken)
      this.write(heldSide, heldTicks, -taken, cause)
      return true
    }
    if (order < 0) this.counts.unseenOrders++
    else if (whole) queues.remove(order)
    if (lots > this.totalLots(side, ticks)) return false
    this.write(side, ticks, -lots, cause)
    this.believeTotal(side, ticks)
    return true
  }

  /** The order leaves its place and joins the tail of another price (or its own). */
  replace(orderId: number, side: 1 | -1, ticks: Ticks, lots: Lots): boolean {
    if (!this.dropResting(orderId)) return false
    this.write(side, ticks, lots, Cause.replace)
    this.queues.add(orderId, side, ticks, lots)
    return true
  }

  /** After a level's total was set from outside: known orders in excess of it give way, oldest first. */
  levelSet(side: 1 | -1, ticks: Ticks, lots: Lots, scrolled: boolean): void {
    if (side === this.changedSide && ticks === this.changedTicks) this.changedSide = 0
    if (lots > 0) this.believeTotal(side, ticks)
    else {
      const gone = this.queues.removeLevel(side, ticks, scrolled)
      if (scrolled) this.counts.forgottenOrders += gone
      else if (gone > 0) this.counts.inconsistentOrders++
    }
  }

  clear(): void {
    this.changedSide = 0
    this.queues.clear()
  }

  private remember(order: number): void {
    const { queues } = this
    this.changedSide = queues.side(order)
    this.changedTicks = queues.ticks(order)
    this.changedBehind = queues.preceding(order)
  }

  private dropResting(orderId: number): boolean {
    const { queues } = this
    const order = queues.find(orderId)
    if (order < 0) return false
    if (!queues.rests(order)) {
      queues.remove(order)
      return false
    }
    const side = queues.side(order)
    const ticks = queues.ticks(order)
    const left = queues.lots(order)
    this.remember(order)
    queues.remove(order)
    this.write(side, ticks, -left, Cause.replace)
    return true
  }

  private totalLots(side: 1 | -1, ticks: Ticks): Lots {
    return (side === 1 ? this.levels.bids : this.levels.asks).lotsAt(ticks)
  }

  /** Lots come to a level or, where negative, go from it. */
  private write(side: 1 | -1, ticks: Ticks, lots: Lots, cause: CauseCode): void {
    const levels = side === 1 ? this.levels.bids : this.levels.asks
    const depth = levels.change(ticks, lots)
    this.changes.push(side, ticks, levels.before, levels.before + lots, cause, depth)
  }

  private believeTotal(side: 1 | -1, ticks: Ticks): void {
    const { queues } = this
    let excess = queues.knownLots(side, ticks) - this.totalLots(side, ticks)
    if (excess <= 0) return
    this.counts.inconsistentOrders++
    while (excess > 0) {
      const oldest = queues.first(side, ticks)
      const taken = Math.min(excess, queues.lots(oldest))
      queues.take(oldest, taken)
      excess -= taken
    }
  }
}
