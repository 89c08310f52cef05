import { BookTracker, channels, LobError, Op, RowFlag, statusNames, type EventBatch, type Fill, type Instrument, type Lots, type Micros, type OrderRequest, type Ticks } from '@rxlob/core'
import type { CarryModel } from '../cost/carry-model.js'
import { Ledger } from './ledger.js'
import type { MarketCounts, MarketListener, MarketSettings } from './market-settings.js'
import { MarketRates } from './market-rates.js'
import type { OwnOrder } from './own-order.js'
import { refusal } from './refusal.js'
import { RestingOrders, sideOf } from './resting-orders.js'
import { TakenLiquidity } from './taken-liquidity.js'
import { shownLots, walkBook } from './walk-book.js'

/** One instrument as its venue sees it: the book in exchange time, our orders in it, and what they came to. */
export class Market {
  readonly tracker: BookTracker
  ledger: Ledger
  readonly rates: MarketRates = new MarketRates()
  readonly counts: MarketCounts = { events: 0, gaps: 0, halts: 0, sessions: 0, notFlattened: 0 }
  /** Last mid that was defined, ticks; where nothing was ever defined NaN. */
  mark: number = NaN
  /** Last best prices that were defined. */
  bid: Ticks = NaN
  ask: Ticks = NaN
  halted: boolean = false
  /** The venue has said that the session is over. */
  ended: boolean = false
  now: Micros = 0
  /** What holding has cost so far. */
  carry: number = 0
  private readonly resting: RestingOrders
  private readonly taken = new TakenLiquidity()
  private readonly settings: MarketSettings
  private readonly listener: MarketListener
  private epoch: number
  private hadBook = false
  private mid = NaN

  constructor(instrument: Instrument, levels: number, settings: MarketSettings, listener: MarketListener) {
    this.tracker = new BookTracker(instrument, levels)
    this.ledger = new Ledger(instrument)
    this.settings = settings
    this.listener = listener
    this.resting = new RestingOrders(settings.queue, (order, ticks, lots) => this.makerFill(order, ticks, lots))
    this.epoch = this.tracker.bookEpoch
  }

  /** Trading goes on: the book is known and the venue has not halted. */
  get open(): boolean {
    return this.tracker.book.synced && !this.halted && !this.ended
  }

  /** Applies the event at a row of a batch, at the time that `now` was set to. */
  apply(batch: EventBatch, row: number): void {
    const { tracker, now } = this
    this.counts.events++
    if (batch.instrument !== tracker.instrument) this.redefine(batch.instrument)
    tracker.redefine(batch.instrument, batch.levels)
    const op = batch.op[row]!
    if (op === Op.clear) this.ended = false
    if (op === Op.status) this.heed(batch, row)
    else if (op === Op.trade || op === Op.fill) this.execution(batch, row, op)
    if (this.rates.due(now)) this.rates.step(now, this.mid)
    const watched = this.resting.length > 0
    if (watched && op >= Op.add && op <= Op.replace && this.settings.queue === 'fifo') this.orderRow(batch, row, op)
    tracker.applyRows(batch, row)
    if (tracker.bookEpoch !== this.epoch) this.gap()
    if (watched && this.open) {
      this.resting.follow(tracker)
      this.resting.meet(tracker.book, this.taken)
    }
    if (this.taken.size > 0) this.taken.follow(tracker.changes)
    this.remember()
  }

  /** A new order has come. */
  accept(order: OwnOrder, now: Micros): void {
    this.now = now
    order.arrivedAt = now
    order.arrivalMid = this.mid
    const reason = this.whyNot(order.request, order.side)
    if (reason !== undefined) {
      this.end(order, 'rejected', reason)
      return
    }
    this.listener.changed(this, order, 'accepted')
    this.enter(order)
  }

  cancel(order: OwnOrder, now: Micros): void {
    this.now = now
    this.resting.remove(order)
    this.end(order, 'cancelled', undefined)
  }

  /** Fewer lots at the same price keep the place in the queue; anything else joins the tail. */
  replace(order: OwnOrder, lots: Lots, ticks: Ticks, now: Micros): string | undefined {
    this.now = now
    const request = { ...order.request, lots, ticks }
    const reason = this.whyNot(request, order.side, order)
    if (reason !== undefined) return reason
    order.replaced = true
    if (ticks === order.ticks && lots <= order.lots) {
      order.lots = lots
      this.listener.changed(this, order, 'replaced')
      return undefined
    }
    this.resting.remove(order)
    order.ticks = ticks
    order.lots = lots
    this.listener.changed(this, order, 'replaced')
    this.enter(order)
    return undefined
  }

  /** Day orders expire; with `flat`, the position is sold into the book as it stands. Returns the order that does it. */
  endSession(now: Micros, closing: (lots: Lots) => OwnOrder): void {
    this.now = now
    this.expireAll('session-end')
    const { position } = this.ledger
    if (this.settings.sessionEnd === 'carry' || position === 0) return
    if (this.tracker.book.synced) {
      const order = closing(-position)
      order.arrivedAt = now
      order.arrivalMid = this.mid
      this.take(order, order.side * Infinity)
      if (order.lots > 0) this.end(order, 'expired', 'no-liquidity')
    }
    if (this.ledger.position !== 0) this.counts.notFlattened++
  }

  onSession: ((market: Market) => void) | undefined

  /** Prices and sizes before and after a change of the grid are not comparable: what was traded before would be marked wrongly. */
  private redefine(instrument: Instrument): void {
    const before = this.tracker.instrument
    const names = ['tickSize', 'lotSize', 'multiplier', 'contract', 'settle'] as const
    const changed = names.find((name) => before[name] !== instrument[name])
    if (changed === undefined) return
    if (this.ledger.tradedLots > 0) {
      throw new LobError('LOB_BAD_OPTION', `${instrument.id} changes its ${changed} from ${before[changed]} to ${instrument[changed]} at ${this.now} after it was traded: run the days before and after apart.`, { stream: instrument.id })
    }
    this.ledger = new Ledger(instrument)
    this.mark = this.bid = this.ask = this.mid = NaN
  }

  private heed(batch: EventBatch, row: number): void {
    const status = statusNames[batch.lots[row]!]!
    const channel = channels[batch.ticks[row]!]!
    if (status === 'halted') {
      this.halted = true
      this.counts.halts++
    } else if (status === 'resumed') this.halted = false
    else if ((status === 'session' || status === 'ended') && channel !== 'trades') {
      this.counts.sessions++
      this.halted = false
      this.onSession?.(this)
      this.ended = true
      this.hadBook = false
    }
  }

  /** Without a book nobody knows what our orders met: they expire, and what comes is refused until the next snapshot. */
  private gap(): void {
    this.epoch = this.tracker.bookEpoch
    if (this.hadBook) this.counts.gaps++
    this.hadBook = false
    this.taken.clear()
    this.expireAll('gap')
  }

  private expireAll(reason: string): void {
    const orders = [...this.resting.bids, ...this.resting.asks]
    this.resting.clear()
    for (const order of orders) this.end(order, 'expired', reason)
  }

  private execution(batch: EventBatch, row: number, op: number): void {
    const flag = batch.flags[row]!
    if (flag & (RowFlag.cross | RowFlag.offBook)) return
    const ticks = batch.ticks[row]!
    const lots = batch.lots[row]!
    this.rates.trade(lots)
    const side = op === Op.fill ? (flag & RowFlag.sell ? -1 : 1) : this.restingSide(flag, ticks)
    if (side === 0) return
    if (this.taken.size > 0 && !(flag & RowFlag.hidden)) this.taken.traded(side, ticks, lots)
    if (this.resting.length === 0 || !this.open) return
    const queued = op === Op.fill || (this.settings.queue !== 'fifo' && !(flag & RowFlag.hidden))
    this.resting.executed(this.tracker.book, side, ticks, lots, queued, op === Op.fill ? batch.orderId?.[row] : undefined)
  }

  /** Side that was hit. Where the data do not say, the side whose best price it reached; 0 between the two. */
  private restingSide(flag: number, ticks: number): 1 | -1 | 0 {
    if (!(flag & RowFlag.unknownSide)) return flag & RowFlag.sell ? 1 : -1
    const { book } = this.tracker
    return ticks <= book.bids.ticks(0) ? 1 : ticks >= book.asks.ticks(0) ? -1 : 0
  }

  /** Level 3: who leaves and who joins the queues that we wait in, before the book has it. */
  private orderRow(batch: EventBatch, row: number, op: number): void {
    const id = batch.orderId![row]!
    const side = batch.flags[row]! & RowFlag.sell ? -1 : 1
    const ticks = batch.ticks[row]!
    const lots = batch.lots[row]!
    if (op === Op.reduce) this.resting.withdrawn(side, ticks, lots, id, false)
    else if (op === Op.remove || op === Op.replace) {
      const queues = this.tracker.orders?.queues
      const held = queues === undefined ? -1 : queues.find(id)
      if (held >= 0 && queues!.rests(held)) this.resting.withdrawn(queues!.side(held), queues!.ticks(held), queues!.lots(held), id, true)
      else if (op === Op.remove) this.resting.withdrawn(side, ticks, lots, id, true)
    }
    if (op === Op.add || op === Op.replace) this.resting.arrived(side, ticks, id)
  }

  private whyNot(request: OrderRequest, side: 1 | -1, replaced?: OwnOrder): string | undefined {
    const malformed = refusal(request, this.settings.maxOrderLots)
    if (malformed !== undefined) return malformed
    const { book } = this.tracker
    if (this.ended) return 'session-over'
    if (this.halted) return 'halt'
    if (!book.synced) return this.hadBook || this.counts.gaps > 0 ? 'gap' : 'no-book'
    if (book.crossed) return 'crossed-book'
    if (this.exposed(side, replaced) + request.lots > this.settings.maxPositionLots) return 'position-limit'
    const limit = request.type === 'market' ? side * Infinity : request.ticks!
    if (this.resting.wouldMeet(side, limit, request.type === 'limit' || request.type === 'post-only', book)) return 'self-trade'
    if (request.type === 'post-only' && side * sideOf(book, side === 1 ? -1 : 1).ticks(0) <= side * limit) return 'would-take'
    if (request.type === 'fok' && shownLots(book, this.taken, side, limit, request.lots) < request.lots) return 'not-fillable'
    return undefined
  }

  /** Lots on a side if everything of ours there were filled. */
  private exposed(side: 1 | -1, replaced: OwnOrder | undefined): Lots {
    let lots = side * this.ledger.position
    for (const order of side === 1 ? this.resting.bids : this.resting.asks) if (order !== replaced) lots += order.lots
    return lots
  }

  /** Takes what it may, then rests or expires. */
  private enter(order: OwnOrder): void {
    const { type } = order.request
    if (type !== 'post-only') this.take(order, type === 'market' ? order.side * Infinity : order.ticks)
    if (order.lots === 0) return
    if (type === 'limit' || type === 'post-only') {
      order.status = 'resting'
      this.resting.rest(order, this.tracker.book)
    } else this.end(order, 'expired', 'no-liquidity')
  }

  private take(order: OwnOrder, limit: Ticks): void {
    const { book } = this.tracker
    const { side } = order
    const other = side === 1 ? -1 : 1
    const { mid } = this
    const touch = sideOf(book, other).ticks(0)
    const before = order.lots
    let paid = 0
    const take = (ticks: number, lots: Lots, best: number): void => {
      paid += ticks * lots
      this.book(order, 'taker', ticks, lots, best, mid)
    }
    if (this.settings.takerFills === 'mid-fiction') {
      if (!Number.isNaN(mid)) take(mid, order.lots, mid)
    } else {
      walkBook(book, this.taken, side, limit, (ticks, left) => {
        const lots = Math.min(left, order.lots)
        this.taken.take(other, ticks, lots)
        take(ticks, lots, touch)
        return order.lots > 0
      })
    }
    const lots = before - order.lots
    if (lots > 0) this.charge(order, 'taker', paid / lots, lots)
  }

  private makerFill(order: OwnOrder, ticks: Ticks, lots: Lots): void {
    this.book(order, 'maker', ticks, lots, ticks, this.mid)
    this.charge(order, 'maker', ticks, lots)
  }

  private book(order: OwnOrder, liquidity: Fill['liquidity'], ticks: number, lots: Lots, touch: number, mid: number): void {
    order.lots -= lots
    order.filledLots += lots
    this.ledger.fill(order.side, ticks, lots, touch, mid)
    if (order.lots === 0) {
      order.status = 'filled'
      order.endedAt = this.now
      order.endMid = this.mid
    }
    this.listener.filled(this, order, liquidity, ticks, lots, touch, mid)
  }

  /** What holding the position costs at an instant. */
  hold(carry: CarryModel, ts: Micros): void {
    const { ledger, mark, tracker } = this
    if (ledger.position === 0) return
    const value = Math.sign(ledger.position) * ledger.notional(mark, Math.abs(ledger.position))
    const cost = carry.cost({ instrument: tracker.instrument, lots: ledger.position, value, micros: carry.everyMicros, ts })
    this.carry += cost
    ledger.charge({ spread: 0, impact: 0, fee: cost })
  }

  /** The cost model prices all that one order took at once: impact does not add up over levels. */
  private charge(order: OwnOrder, liquidity: Fill['liquidity'], ticks: number, lots: Lots): void {
    const { instrument, book } = this.tracker
    const { volatility, volumeRate } = this.rates
    const fill: Fill = { instrument: instrument.id, orderId: order.id, side: order.request.side, liquidity, ticks, lots, tsExchange: this.now, tsLocal: this.now }
    const cost = this.settings.cost.cost(fill, { instrument, book, volatility, volumeRate })
    this.ledger.charge(cost)
    this.listener.charged(this, order, cost)
  }

  private end(order: OwnOrder, status: 'rejected' | 'expired' | 'cancelled', reason: string | undefined): void {
    order.status = status
    order.reason = reason
    order.endedAt = this.now
    order.endMid = this.mid
    this.listener.changed(this, order, status)
  }

  private remember(): void {
    const { book } = this.tracker
    const bid = book.bids.ticks(0)
    const ask = book.asks.ticks(0)
    this.mid = book.synced && bid < ask ? (bid + ask) / 2 : NaN
    if (book.synced) this.hadBook = true
    if (Number.isNaN(this.mid)) return
    this.mark = this.mid
    this.bid = bid
    this.ask = ask
  }
}
