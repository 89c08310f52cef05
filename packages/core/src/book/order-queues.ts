import { grown } from '../numeric/grown.js'
import { SlotMap } from '../numeric/slot-map.js'
import type { Lots, Ticks } from '../units.js'

const none = -1
/** Level of an order that is remembered only so that its id does not count as never seen. */
const forgotten = -2

/**
 * Resting orders in price-time order: an id table, and one first-in-first-out list a price.
 * It holds what is known of each order; the level's total is the book's.
 */
export class OrderQueues {
  private readonly orderOfId = new SlotMap()
  private readonly levelOfPrice = new SlotMap()
  // One slot an order.
  private ids = new Float64Array(256)
  private sizes = new Float64Array(256)
  private previous = new Int32Array(256)
  private next = new Int32Array(256)
  private levels = new Int32Array(256)
  private orderSlots = 0
  private freeOrder = none
  // One slot a price.
  private prices = new Float64Array(64)
  private levelTicks = new Float64Array(64)
  private levelSides = new Int8Array(64)
  private heads = new Int32Array(64)
  private tails = new Int32Array(64)
  private counts = new Int32Array(64)
  private totals = new Float64Array(64)
  private levelSlots = 0
  private freeLevel = none

  /** Slot of an order, -1 where its id was never seen; ask `rests` before using it. */
  find(orderId: number): number {
    return this.orderOfId.get(orderId)
  }
  /** False for an order whose level went out of view. */
  rests(order: number): boolean {
    return this.levels[order]! >= 0
  }
  lots(order: number): Lots {
    return this.sizes[order]!
  }
  ticks(order: number): Ticks {
    return this.levelTicks[this.levels[order]!]!
  }
  /** +1 for a bid, -1 for an ask. */
  side(order: number): 1 | -1 {
    return this.levelSides[this.levels[order]!] as 1 | -1
  }
  /** Lots of all known orders at a price. */
  knownLots(side: 1 | -1, ticks: Ticks): Lots {
    const level = this.levelOfPrice.get(priceKey(side, ticks))
    return level === none ? 0 : this.totals[level]!
  }
  /** Known orders at a price. */
  knownOrders(side: 1 | -1, ticks: Ticks): number {
    const level = this.levelOfPrice.get(priceKey(side, ticks))
    return level === none ? 0 : this.counts[level]!
  }
  /** Lots of the known orders ahead of one in its queue. O(orders ahead). */
  lotsAhead(order: number): Lots {
    let ahead = 0
    for (let at = this.previous[order]!; at !== none; at = this.previous[at]!) ahead += this.sizes[at]!
    return ahead
  }
  /** Slot of the order ahead of this one, -1 at the head. */
  preceding(order: number): number {
    return this.previous[order]!
  }
  /** Slot of the first order at a price, -1 where none is known. */
  first(side: 1 | -1, ticks: Ticks): number {
    const level = this.levelOfPrice.get(priceKey(side, ticks))
    return level === none ? none : this.heads[level]!
  }
  /** Slot of the order behind this one, -1 at the tail. */
  following(order: number): number {
    return this.next[order]!
  }
  id(order: number): number {
    return this.ids[order]!
  }

  /** Puts an order at the tail of its price. */
  add(orderId: number, side: 1 | -1, ticks: Ticks, lots: Lots): void {
    const level = this.levelAt(side, ticks)
    const order = this.newOrder()
    this.ids[order] = orderId
    this.sizes[order] = lots
    this.levels[order] = level
    this.next[order] = none
    const tail = this.tails[level]!
    this.previous[order] = tail
    if (tail === none) this.heads[level] = order
    else this.next[tail] = order
    this.tails[level] = order
    this.counts[level]!++
    this.totals[level]! += lots
    this.orderOfId.set(orderId, order)
  }

  /** Takes lots, at most all that is left, from an order; an order with nothing left is removed. */
  take(order: number, lots: Lots): void {
    if (lots < this.sizes[order]!) {
      this.sizes[order]! -= lots
      this.totals[this.levels[order]!]! -= lots
    } else this.remove(order)
  }

  remove(order: number): void {
    this.orderOfId.delete(this.ids[order]!)
    if (this.rests(order)) this.unlink(order)
    this.next[order] = this.freeOrder
    this.freeOrder = order
  }

  /** Takes the orders of a price away. `forget` keeps their ids, so that they still count as seen. Returns how many. */
  removeLevel(side: 1 | -1, ticks: Ticks, forget: boolean): number {
    let removed = 0
    for (let order = this.first(side, ticks); order !== none; removed++) {
      const behind = this.next[order]!
      if (forget) {
        this.unlink(order)
        this.levels[order] = forgotten
      } else this.remove(order)
      order = behind
    }
    return removed
  }

  clear(): void {
    this.orderOfId.clear()
    this.levelOfPrice.clear()
    this.orderSlots = 0
    this.levelSlots = 0
    this.freeOrder = none
    this.freeLevel = none
  }

  private unlink(order: number): void {
    const level = this.levels[order]!
    const before = this.previous[order]!
    const after = this.next[order]!
    if (before === none) this.heads[level] = after
    else this.next[before] = after
    if (after === none) this.tails[level] = before
    else this.previous[after] = before
    this.totals[level]! -= this.sizes[order]!
    this.counts[level]!--
    if (this.counts[level] === 0) {
      this.levelOfPrice.delete(this.prices[level]!)
      this.heads[level] = this.freeLevel
      this.freeLevel = level
    }
  }

  private levelAt(side: 1 | -1, ticks: Ticks): number {
    const price = priceKey(side, ticks)
    const held = this.levelOfPrice.get(price)
    if (held !== none) return held
    let level = this.freeLevel
    if (level !== none) this.freeLevel = this.heads[level]!
    else {
      level = this.levelSlots++
      if (level === this.prices.length) this.growLevels()
    }
    this.prices[level] = price
    this.levelTicks[level] = ticks
    this.levelSides[level] = side
    this.heads[level] = none
    this.tails[level] = none
    this.counts[level] = 0
    this.totals[level] = 0
    this.levelOfPrice.set(price, level)
    return level
  }

  private newOrder(): number {
    const order = this.freeOrder
    if (order !== none) {
      this.freeOrder = this.next[order]!
      return order
    }
    if (this.orderSlots === this.ids.length) this.growOrders()
    return this.orderSlots++
  }

  private growOrders(): void {
    const size = this.ids.length * 2
    this.ids = grown(this.ids, size)
    this.sizes = grown(this.sizes, size)
    this.previous = grown(this.previous, size)
    this.next = grown(this.next, size)
    this.levels = grown(this.levels, size)
  }

  private growLevels(): void {
    const size = this.prices.length * 2
    this.prices = grown(this.prices, size)
    this.levelTicks = grown(this.levelTicks, size)
    this.levelSides = grown(this.levelSides, size)
    this.heads = grown(this.heads, size)
    this.tails = grown(this.tails, size)
    this.counts = grown(this.counts, size)
    this.totals = grown(this.totals, size)
  }
}

/** Even for bids, odd for asks: one table for both sides. */
const priceKey = (side: 1 | -1, ticks: Ticks): number => ticks * 2 + (side === 1 ? 0 : 1)
