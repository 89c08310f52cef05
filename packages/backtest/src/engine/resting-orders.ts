import { type BookTracker, type Lots, type Ticks } from '@rxlob/core'
import type { QueueModel } from '../queue/queue-model.js'
import { Arrivals } from './arrivals.js'
import type { OwnOrder } from './own-order.js'
import { reachedLots } from './reached-lots.js'
import type { TakenLiquidity } from './taken-liquidity.js'

type Book = BookTracker['book']
export type MakerFill = (order: OwnOrder, ticks: Ticks, lots: Lots) => void

/**
 * Our orders that rest at one instrument, and where each stands in its queue.
 *
 * Three ways to be filled, each by no more than the event brought: a trade at our price that gets through what is ahead, a trade at a
 * worse price (it would have met us first), and interest of the other side shown at our price or beyond. Orders of ours share what an
 * event brings by price, then time. Between our own orders at one price the first is ahead of the second.
 */
export class RestingOrders {
  /** Best price first, then first come. */
  readonly bids: OwnOrder[] = []
  readonly asks: OwnOrder[] = []
  private readonly model: QueueModel | undefined
  /** For `fifo` alone: a model does not ask who came when. */
  private readonly arrivals = new Arrivals()
  private readonly fill: MakerFill

  /** @param queue `fifo`: places follow from the orders of the data. */
  constructor(queue: QueueModel | 'fifo', fill: MakerFill) {
    this.model = queue === 'fifo' ? undefined : queue
    this.fill = fill
  }

  get length(): number {
    return this.bids.length + this.asks.length
  }

  /** Joins the tail of its price. */
  rest(order: OwnOrder, book: Book): void {
    const { side, ticks } = order
    order.ahead = knownAt(book, side, ticks) ? sideOf(book, side).lotsAt(ticks) : Infinity
    order.traded = 0
    if (this.model === undefined) order.joined = this.arrivals.join(side, ticks)
    const list = this.listOf(side)
    let at = list.length
    while (at > 0 && side * list[at - 1]!.ticks < side * ticks) at--
    list.splice(at, 0, order)
  }

  remove(order: OwnOrder): void {
    const list = this.listOf(order.side)
    const at = list.indexOf(order)
    if (at >= 0) list.splice(at, 1)
    if (this.model !== undefined) return
    for (let other = 0; other < list.length; other++) if (list[other]!.ticks === order.ticks) return
    this.arrivals.leave(order.side, order.ticks)
  }

  /**
   * Whether a new order would trade with one of ours: one that may rest never crosses ours; one that only takes meets ours first where
   * it is better than all that the book shows, else it meets the book's.
   */
  wouldMeet(side: 1 | -1, limit: Ticks, mayRest: boolean, book: Book): boolean {
    const best = this.listOf(side === 1 ? -1 : 1)[0]
    if (best === undefined || side * best.ticks > side * limit) return false
    return mayRest || !(side * sideOf(book, side === 1 ? -1 : 1).ticks(0) <= side * best.ticks)
  }

  /**
   * A trade with resting interest of a side. `orderId` of the order that was filled, where the data have one.
   *
   * @param queued False for trades that did not come by the queue at the price: hidden ones, prints beside the order events.
   */
  executed(book: Book, side: 1 | -1, ticks: number, lots: Lots, queued: boolean, orderId?: number): void {
    const list = this.listOf(side)
    let left = lots
    let done = false
    // Where sizes and orders of the data disagree, places may too: a later order of ours still waits for an earlier one.
    let waiting: Ticks = NaN
    for (const order of list) {
      const better = side * (order.ticks - ticks)
      if (!(better >= 0)) break
      if (better === 0 && !queued) continue
      const reached = better > 0 ? left : this.reached(order, book, lots, left, orderId)
      const filled = order.ticks === waiting ? 0 : Math.floor(Math.min(reached, left, order.lots))
      if (filled > 0) {
        left -= filled
        this.fill(order, order.ticks, filled)
      }
      if (order.lots > 0) waiting = order.ticks
      else done = true
    }
    if (done) this.dropFilled(list)
  }

  /** An order of the data joined the tail of a price. */
  arrived(side: 1 | -1, ticks: Ticks, orderId: number): void {
    this.arrivals.add(side, ticks, orderId)
  }

  /** Lots of an order of the data left a queue untraded. */
  withdrawn(side: 1 | -1, ticks: Ticks, lots: Lots, orderId: number, whole: boolean): void {
    for (const order of this.listOf(side)) {
      if (order.ticks === ticks && !this.arrivals.isBehind(side, ticks, orderId, order.joined)) order.ahead = Math.max(0, order.ahead - lots)
    }
    if (whole) this.arrivals.remove(side, ticks, orderId)
  }

  /** After an event was applied to the book. */
  follow({ changes, book, kind }: BookTracker): void {
    if (kind === 'snapshot') {
      for (const list of [this.bids, this.asks]) for (const order of list) this.limitTo(order, book)
      return
    }
    for (let row = 0; row < changes.length; row++) {
      const side = changes.side(row)
      const ticks = changes.ticks(row)
      for (const order of this.listOf(side)) {
        if (order.ticks !== ticks) continue
        const after = changes.lotsAfter(row)
        if (changes.cause(row) === 'scroll') {
          if (after > 0) order.ahead = Math.min(order.ahead, after)
        } else if (this.model === undefined) order.ahead = Math.min(order.ahead, after)
        else this.model.depth(order, changes.lotsBefore(row), after)
      }
    }
  }

  /** Fills what the other side now shows at our prices or beyond. */
  meet(book: Book, taken: TakenLiquidity): void {
    if (book.crossed) return
    this.meetSide(1, book, taken)
    this.meetSide(-1, book, taken)
  }

  private meetSide(side: 1 | -1, book: Book, taken: TakenLiquidity): void {
    const list = this.listOf(side)
    if (list.length === 0) return
    const opposite = sideOf(book, side === 1 ? -1 : 1)
    const other = side === 1 ? -1 : 1
    if (!(side * opposite.ticks(0) <= side * list[0]!.ticks)) return
    for (const order of list) {
      for (let level = 0; order.lots > 0 && side * opposite.ticks(level) <= side * order.ticks; level++) {
        const ticks = opposite.ticks(level)
        const shown = opposite.lots(level) - taken.at(other, ticks)
        const filled = Math.min(shown, order.lots)
        if (!(filled > 0)) continue
        taken.take(other, ticks, filled)
        this.fill(order, order.ticks, filled)
      }
    }
    this.dropFilled(list)
  }

  clear(): void {
    this.bids.length = 0
    this.asks.length = 0
    this.arrivals.clear()
  }

  /** Lots of a trade at the order's price that get through to it. */
  private reached(order: OwnOrder, book: Book, lots: Lots, left: Lots, orderId: number | undefined): Lots {
    if (order.ahead === Infinity) this.limitTo(order, book)
    const behind = orderId !== undefined && this.arrivals.isBehind(order.side, order.ticks, orderId, order.joined)
    return reachedLots(order, this.model, lots, left, behind)
  }

  private limitTo(order: OwnOrder, book: Book): void {
    if (knownAt(book, order.side, order.ticks)) order.ahead = Math.min(order.ahead, sideOf(book, order.side).lotsAt(order.ticks))
  }

  private dropFilled(list: OwnOrder[]): void {
    for (let at = list.length - 1; at >= 0; at--) if (list[at]!.lots === 0) this.remove(list[at]!)
  }

  private listOf(side: 1 | -1): OwnOrder[] {
    return side === 1 ? this.bids : this.asks
  }
}

export const sideOf = (book: Book, side: 1 | -1): Book['bids'] => (side === 1 ? book.bids : book.asks)

/** Whether the size at a price can be told from the book. */
function knownAt(book: Book, side: 1 | -1, ticks: Ticks): boolean {
  const levels = sideOf(book, side)
  if (levels.known === Infinity) return true
  return side * ticks >= side * levels.ticks(Math.min(levels.known, levels.length) - 1)
}
