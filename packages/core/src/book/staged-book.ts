import type { BookSnapshot } from '../events.js'
import type { Instrument } from '../instrument.js'
import { decimalGrid, type DecimalGrid } from '../numeric/decimal-grid.js'
import { Cause, ChangeLog } from './change-log.js'
import { L2Book } from './l2-book.js'
import { L3Book, type OrderCounts } from './l3-book.js'

/**
 * The book of one snapshot, built some rows at a time beside the book that it will replace, so that a snapshot of hundreds of thousands of
 * orders need not be applied in one go. `BookTracker.apply(event, staged)` takes it over whole: the same book, changes and counts as without it.
 */
export class StagedBook {
  readonly book: L2Book
  readonly changes: ChangeLog = new ChangeLog()
  readonly counts: OrderCounts = { unseenOrders: 0, forgottenOrders: 0, inconsistentOrders: 0 }
  orders: L3Book | undefined
  /** A tracker keeps it as its own. */
  used = false
  private readonly snapshot: Pick<BookSnapshot, 'bids' | 'asks' | 'orders'>
  private readonly instrument: Instrument
  private readonly prices: DecimalGrid
  private readonly sizes: DecimalGrid
  /** Rows taken in: bids, then asks, then orders. */
  private taken = 0
  /** A row lies off the grid: the tracker will find that out by itself. */
  private faulty = false

  constructor(instrument: Instrument, snapshot: Pick<BookSnapshot, 'bids' | 'asks' | 'orders'>) {
    this.instrument = instrument
    this.snapshot = snapshot
    this.prices = decimalGrid(instrument.tickSize)
    this.sizes = decimalGrid(instrument.lotSize)
    this.book = new L2Book(instrument)
    this.changes.reach(0)
    if (snapshot.orders !== undefined && snapshot.orders.length > 0) this.orders = new L3Book(this.book, this.changes, this.counts)
  }

  /** Takes in this many more levels and orders. False once there are no more. */
  take(rows: number): boolean {
    const { bids, asks, orders = [] } = this.snapshot
    const total = bids.length + asks.length + orders.length
    const end = Math.min(total, this.taken + rows)
    for (; this.taken < end && !this.faulty; this.taken++) {
      const row = this.taken
      if (row < bids.length) this.level(1, bids[row]![0], bids[row]![1])
      else if (row < bids.length + asks.length) this.level(-1, asks[row - bids.length]![0], asks[row - bids.length]![1])
      else this.order(orders[row - bids.length - asks.length]!)
    }
    return this.taken < total && !this.faulty
  }

  /** Whether it is the book of this event on this grid: whole, and every row of it can be true. */
  holds({ bids, asks, orders }: BookSnapshot, { tickSize, lotSize }: Instrument): boolean {
    const { snapshot, instrument } = this
    const whole = this.taken === snapshot.bids.length + snapshot.asks.length + (snapshot.orders?.length ?? 0)
    const same = snapshot.bids === bids && snapshot.asks === asks && snapshot.orders === orders
    return whole && same && !this.faulty && !this.used && instrument.tickSize === tickSize && instrument.lotSize === lotSize
  }

  private level(side: 1 | -1, price: number, size: number): void {
    const ticks = this.prices.toCount(price)
    const lots = this.sizes.toCount(size)
    if (!(lots >= 0 && Number.isInteger(lots) && Number.isInteger(ticks))) {
      this.faulty = true
      return
    }
    const levels = side === 1 ? this.book.bids : this.book.asks
    const depth = levels.set(ticks, lots)
    this.changes.push(side, ticks, levels.before, lots, Cause.snapshot, depth)
  }

  private order({ orderId, side, price, size }: NonNullable<BookSnapshot['orders']>[number]): void {
    const ticks = this.prices.toCount(price)
    const lots = this.sizes.toCount(size)
    if (lots > 0 && Number.isInteger(lots) && Number.isInteger(ticks)) this.orders!.attach(orderId, side === 'bid' ? 1 : -1, ticks, lots)
    else this.faulty = true
  }
}
