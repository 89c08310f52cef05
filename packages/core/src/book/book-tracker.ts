import { Op, RowFlag, type EventBatch } from '../batch/event-batch.js'
import { channels, statusNames, type BookDelta, type BookSnapshot, type Channel, type EventKind, type MarketEvent, type OrderEvent, type PriceLevel, type ScrolledLevels, type StatusName, type Trade } from '../events.js'
import type { Instrument } from '../instrument.js'
import { decimalGrid, type DecimalGrid } from '../numeric/decimal-grid.js'
import type { Lots, Micros, Ticks } from '../units.js'
import { Cause, ChangeLog, type CauseCode } from './change-log.js'
import { L2Book } from './l2-book.js'
import type { LevelRuns } from './level-runs.js'
import { L3Book } from './l3-book.js'
import { causeOf, kindOfOp, opOfAction, printOf } from './row-codes.js'
import type { StagedBook } from './staged-book.js'
import { statusEffect } from './status-effect.js'
import type { Tick } from './tick.js'
import { zeroTrackerCounts, type TrackerCounts } from './tracker-counts.js'

/** Levels a side; those past them that lie beyond what is known are forgotten, or a book would grow for ever. */
const maxLevels = 10_000

/**
 * Keeps the book of one instrument and is the (live, reused) tick that features read.
 *
 * Faces over the same writes: `apply` for event objects, `applyRows` for batch rows, `applyLevels` for deltas as a reader of bytes has them; the same
 * events give the same bits through all. Deltas and order events are passed over and counted until the first
 * snapshot and from a gap to the next. It never throws.
 */
export class BookTracker implements Tick {
  kind: EventKind = 'instrument'
  ordinal = 0
  instrument: Instrument
  tsExchange: Micros = NaN
  tsLocal: Micros = NaN
  book: L2Book
  changes: ChangeLog = new ChangeLog()
  /** Level 3: the queues behind the levels, from the first order on. */
  orders: L3Book | undefined
  tradeTicks: Ticks = NaN
  tradeLots: Lots = 0
  tradeSize: Lots = 0
  tradePrint: Trade['print'] | undefined
  readonly counts: TrackerCounts = zeroTrackerCounts()
  /** Grows by 1 whenever states that follow the book start again. */
  bookEpoch = 0
  /** Grows by 1 whenever states that follow trades start again. */
  tradesEpoch = 0
  /** Grows by 1 whenever pending labels are void and feature windows start again. */
  windowEpoch = 0
  /** The last event makes a row: it was a snapshot, delta, trade or order event. */
  ticked = false
  /** Levels per side that the source can show. */
  levels: number
  /** Reckoned where it is read: O(orders ahead). */
  get orderLotsAhead(): Lots {
    return this.orders === undefined ? NaN : this.orders.lotsAheadOfChanged()
  }
  private trusted = false
  private priceGrid: DecimalGrid
  private sizeGrid: DecimalGrid

  /** @param levels Levels per side that the source can show; a snapshot with fewer shows the whole side. */
  constructor(instrument: Instrument, levels: number = Infinity) {
    this.instrument = instrument
    this.levels = levels
    this.book = new L2Book(instrument)
    this.priceGrid = decimalGrid(instrument.tickSize)
    this.sizeGrid = decimalGrid(instrument.lotSize)
  }

  /**
   * New metadata; where it differs from the old, everything starts again. A source of trades alone (0 levels) says nothing about the book of
   * another source, beside which its events may come.
   */
  redefine(instrument: Instrument, shown: number): void {
    const levels = shown === 0 ? this.levels : shown
    if (instrument === this.instrument && levels === this.levels) return
    if ((levels === this.levels || this.levels === 0) && JSON.stringify(instrument) === JSON.stringify(this.instrument)) {
      // The next event of its batch is not compared again.
      this.instrument = instrument
      this.levels = levels
      return
    }
    this.instrument = instrument
    this.levels = levels
    this.priceGrid = decimalGrid(instrument.tickSize)
    this.sizeGrid = decimalGrid(instrument.lotSize)
    this.book = new L2Book(instrument)
    this.orders = undefined
    this.restart('all')
  }

  /**
   * Applies one event. True where it makes a row.
   *
   * @param staged The book of a snapshot, if it was built beforehand: used where it is of this very event, and used up.
   */
  apply(event: MarketEvent, staged?: StagedBook): boolean {
    this.begin(event.kind, event.tsExchange, event.tsLocal)
    switch (event.kind) {
      // The most frequent first: they are compared in turn.
      case 'order':
        this.applyOrder(event)
        break
      case 'delta':
        this.applyDelta(event)
        break
      case 'trade':
        this.applyTrade(event)
        break
      case 'snapshot':
        if (staged?.holds(event, this.instrument)) this.takeOver(staged)
        else this.applySnapshot(event)
        this.trustSnapshot()
        this.applyScrolled(event.scrolled)
        break
      case 'instrument':
        this.redefine(event.definition, event.levels)
        break
      case 'status':
        this.heed(event.status, event.channel)
        break
    }
    this.finish()
    return this.ticked
  }

  /** Applies the event that starts at `row`; returns the row after it. `ticked` says whether it makes a row. */
  applyRows(batch: EventBatch, row: number): number {
    const { op: ops, flags } = batch
    const first = ops[row]!
    this.begin(kindOfOp(first, flags[row]!), batch.tsExchange[row]!, batch.tsLocal[row]!)
    let at = row
    do {
      const op = ops[at]!
      const flag = flags[at]!
      const ticks = batch.ticks[at]!
      const lots = batch.lots[at]!
      if (flag & RowFlag.scroll && flag & RowFlag.snapshot) this.trustSnapshot()
      switch (op) {
        case Op.setBid:
          this.setLevel(1, ticks, lots, causeOf(flag))
          break
        case Op.setAsk:
          this.setLevel(-1, ticks, lots, causeOf(flag))
          break
        case Op.clear:
          this.startSnapshot()
          break
        case Op.trade:
          this.trade(ticks, lots, flag & RowFlag.unknownSide ? 'unknown' : flag & RowFlag.sell ? 'sell' : 'buy', printOf(flag))
          break
        case Op.status:
          this.heed(statusNames[lots]!, channels[ticks]!)
          break
        case Op.none:
          if (!this.book.synced) this.counts.ignored++
          break
        default:
          this.order(op, flag & RowFlag.sell ? -1 : 1, ticks, lots, batch.orderId === undefined ? 0 : batch.orderId[at]!, (flag & RowFlag.snapshot) !== 0)
      }
    } while ((flags[at++]! & RowFlag.last) === 0 && at < batch.length)
    if (this.kind === 'snapshot') this.trustSnapshot()
    this.finish()
    return at
  }

  /**
   * Applies a delta of totals. The same as the rows of it, for readers that have its levels side by side.
   *
   * @param levels Lent for the call.
   */
  applyLevels(levels: LevelRuns, tsExchange: Micros, tsLocal: Micros): void {
    const { pairs, bidsFrom, bidsTo, asksFrom, asksTo } = levels
    this.begin('delta', tsExchange, tsLocal)
    if (!this.book.synced) this.counts.ignored += Math.max(1, bidsTo - bidsFrom + asksTo - asksFrom)
    else {
      this.setRun(1, pairs, bidsFrom, bidsTo)
      this.setRun(-1, pairs, asksFrom, asksTo)
    }
    this.finish()
  }

  private setRun(side: 1 | -1, pairs: Float64Array, from: number, to: number): void {
    const { book, changes } = this
    let at = 2 * from
    if (this.orders === undefined && book.synced) {
      const row = changes.extend(side, pairs, at, 2 * to, Cause.set)
      at = (side === 1 ? book.bids : book.asks).setRun(pairs, at, 2 * to, changes, row)
    }
    for (; at < 2 * to; at += 2) this.setLevel(side, pairs[at]!, pairs[at + 1]!, Cause.set)
  }

  private applySnapshot({ bids, asks, orders = [] }: BookSnapshot): void {
    this.startSnapshot()
    this.setLevels(1, bids, Cause.snapshot)
    this.setLevels(-1, asks, Cause.snapshot)
    for (let i = 0; i < orders.length; i++) {
      const { side, price, size, orderId } = orders[i]!
      this.order(Op.add, side === 'bid' ? 1 : -1, this.priceGrid.toCount(price), this.sizeGrid.toCount(size), orderId, true)
    }
  }

  private takeOver(staged: StagedBook): void {
    const { book, changes, orders, counts } = staged
    staged.used = true
    this.startSnapshot()
    book.synced = true
    this.book = book
    this.changes = changes
    if (orders !== undefined || this.orders !== undefined) this.orders = new L3Book(book, changes, this.counts, orders?.queues)
    this.counts.inconsistentOrders += counts.inconsistentOrders
  }

  private applyDelta({ bids, asks, cause }: BookDelta): void {
    if (bids.length + asks.length === 0 && !this.book.synced) this.counts.ignored++
    const code = cause === 'scroll' ? Cause.scroll : Cause.set
    this.setLevels(1, bids, code)
    this.setLevels(-1, asks, code)
  }

  private applyTrade({ price, size, aggressor, print }: Trade): void {
    this.trade(this.priceGrid.toCount(price), this.sizeGrid.toCount(size), aggressor, print)
  }

  private applyOrder({ action, side, price, size, orderId, scrolled }: OrderEvent): void {
    this.order(opOfAction(action), side === 'bid' ? 1 : -1, this.priceGrid.toCount(price), this.sizeGrid.toCount(size), orderId, false)
    this.applyScrolled(scrolled)
  }

  private applyScrolled(scrolled: ScrolledLevels | undefined): void {
    if (scrolled === undefined) return
    this.setLevels(1, scrolled.bids, Cause.scroll)
    this.setLevels(-1, scrolled.asks, Cause.scroll)
  }

  private setLevels(side: 1 | -1, levels: readonly PriceLevel[], cause: CauseCode): void {
    for (let i = 0; i < levels.length; i++) this.setLevel(side, this.priceGrid.toCount(levels[i]![0]), this.sizeGrid.toCount(levels[i]![1]), cause)
  }

  private begin(kind: EventKind, tsExchange: Micros, tsLocal: Micros): void {
    this.kind = kind
    this.ordinal++
    this.tsExchange = tsExchange
    this.tsLocal = tsLocal
    this.ticked = kind !== 'status' && kind !== 'instrument'
    this.changes.clear()
    if (this.tradePrint !== undefined) {
      this.tradeTicks = NaN
      this.tradeLots = 0
      this.tradeSize = 0
      this.tradePrint = undefined
    }
    this.orders?.forgetChanged()
  }

  private finish(): void {
    // Only what reaches a best price can cross the book, or uncross it.
    if (this.changes.shallowest === 0) this.book.settle()
    if (this.ticked && this.book.crossed) this.counts.crossed++
    if (this.trusted && this.orders === undefined) this.book.prune(maxLevels)
  }

  private startSnapshot(): void {
    this.book.unsync()
    this.orders?.clear()
    this.book.synced = true
    this.changes.reach(0)
    this.trusted = false
  }

  /** Once a snapshot, after its levels: what it shows is known, a side with fewer levels than the source can show is known whole. */
  private trustSnapshot(): void {
    const { book, levels } = this
    if (!book.synced || this.trusted) return
    this.trusted = true
    book.bids.trust(book.bids.length < levels)
    book.asks.trust(book.asks.length < levels)
  }

  /** The one place where a level's size is set from outside. */
  private setLevel(side: 1 | -1, ticks: Ticks, lots: Lots, cause: CauseCode): void {
    const { book } = this
    if (!book.synced) {
      this.counts.ignored++
      return
    }
    const scrolls = cause === Cause.scroll
    if (!(lots >= 0 && Number.isInteger(lots)) || !(Number.isInteger(ticks) || (scrolls && lots === 0 && ticks === -side * Infinity))) {
      this.fault()
      return
    }
    const levels = side === 1 ? book.bids : book.asks
    const depth = scrolls ? levels.scroll(ticks, lots) : levels.set(ticks, lots)
    if (scrolls && lots > 0) this.counts.scrolledIn++
    if (!Number.isFinite(ticks)) this.changes.reach(depth)
    else {
      this.changes.push(side, ticks, levels.before, lots, cause, depth)
      if (this.orders !== undefined) this.orders.levelSet(side, ticks, lots, scrolls)
    }
  }

  private order(op: number, side: 1 | -1, ticks: Ticks, lots: Lots, orderId: number, attach: boolean): void {
    if (op === Op.fill) this.trade(ticks, lots, side === 1 ? 'sell' : 'buy', 'regular')
    const { book } = this
    if (!book.synced) {
      this.counts.ignored++
      return
    }
    if (!(lots > 0 && Number.isInteger(lots) && Number.isInteger(ticks))) {
      this.fault()
      return
    }
    const orders = (this.orders ??= new L3Book(book, this.changes, this.counts))
    let whole = true
    if (attach) orders.attach(orderId, side, ticks, lots)
    else if (op === Op.add) whole = orders.add(orderId, side, ticks, lots)
    else if (op === Op.replace) whole = orders.replace(orderId, side, ticks, lots)
    else whole = orders.take(orderId, side, ticks, lots, op === Op.remove, op === Op.fill ? Cause.fill : Cause.cancel)
    if (!whole) this.fault()
  }

  private trade(ticks: number, lots: Lots, aggressor: Trade['aggressor'], print: Trade['print']): void {
    this.tradeTicks = ticks
    this.tradeSize = lots
    this.tradeLots = aggressor === 'buy' ? lots : aggressor === 'sell' ? -lots : NaN
    this.tradePrint = print
  }

  private heed(status: StatusName, channel: Channel): void {
    const effect = statusEffect(status)
    if (effect === 'restart') this.restart(channel)
    else if (effect === 'pause') this.windowEpoch++
  }

  private restart(channel: Channel): void {
    if (channel !== 'trades') {
      this.book.unsync()
      this.orders?.clear()
      this.changes.reach(0)
      this.bookEpoch++
    }
    if (channel !== 'book') this.tradesEpoch++
    this.windowEpoch++
  }

  private fault(): void {
    this.counts.faults++
    this.changes.clear()
    this.restart('book')
  }
}
