import { LobError, Op, RowFlag, type EventBatch, type Fill, type InstrumentId, type LatencyModel, type Micros, type OrderReport, type Strategy } from '@rxlob/core'
import type { CarryModel } from '../cost/carry-model.js'
import { EquityWatch } from './equity-curve.js'
import { EventQueue } from './event-queue.js'
import { FeedClocks, type FeedClock } from './feed-clocks.js'
import { Market } from './market.js'
import type { MarketListener, MarketSettings } from './market-settings.js'
import { OrderDesk, type OrderMessage } from './order-desk.js'
import type { OwnOrder } from './own-order.js'
import { ownOrder, RunRecord } from './run-record.js'
import type { PendingPrediction, SignalStage } from './signal-stage.js'
import { TimedQueue } from './timed-queue.js'

export interface LoopSettings extends MarketSettings {
  readonly strategy: Strategy
  readonly latency: LatencyModel
  readonly signals: SignalStage | undefined
  readonly carry: CarryModel | undefined
  readonly clockOffsetMicros: Micros
  readonly maxFeedDelayMicros: Micros
  readonly intervalMicros: Micros
}

export interface LoopCounts {
  events: number
  negativeDelays: number
  timeReversals: number
  lateEvents: number
  signals: number
  unknownOrders: number
}

/**
 * The timeline of a run: what happens at the venue in exchange time, what we see and do in local time, and the messages between.
 *
 * At one instant the market goes first, then orders that arrive at the venue, then what reaches us, then reports, then timers: an order
 * never meets a book older than what the venue had, and a strategy never sees one that is younger than what has come.
 */
export class EventLoop {
  readonly record: RunRecord = new RunRecord()
  readonly equity: EquityWatch
  readonly markets: Map<InstrumentId, Market> = new Map()
  readonly counts: LoopCounts = { events: 0, negativeDelays: 0, timeReversals: 0, lateEvents: 0, signals: 0, unknownOrders: 0 }
  firstTs: Micros = NaN
  lastTs: Micros = NaN
  private readonly marketList: Market[] = []
  private readonly exchangeQueue = new EventQueue()
  private readonly localQueue = new EventQueue()
  private readonly reports = new TimedQueue<OrderReport>()
  private readonly desk: OrderDesk
  private readonly settings: LoopSettings
  private readonly clocks = new FeedClocks()
  private readonly live = new Map<number, OwnOrder>()
  private readonly listener: MarketListener
  private state: unknown
  private started = false
  private timer: Micros = Infinity
  private nextCarry: Micros = Infinity
  private pending: PendingPrediction | undefined
  private lastMarket: Market | undefined

  constructor(settings: LoopSettings) {
    this.settings = settings
    this.equity = new EquityWatch(settings.intervalMicros)
    this.desk = new OrderDesk(settings.latency, (order) => this.record.orders.push(order))
    this.listener = this.listen()
  }

  /** Takes a batch in; returns the exchange time up to which everything that happened is known. */
  take(batch: EventBatch): Micros {
    const { flags, op, tsExchange, tsLocal, length } = batch
    const { latency, clockOffsetMicros } = this.settings
    const clock = this.clocks.of(batch.instrument.id)
    this.desk.bookOf(batch)
    for (let row = 0; row < length; ) {
      const raw = tsLocal[row]!
      if (raw < clock.raw) this.counts.timeReversals++
      clock.raw = Math.max(clock.raw, raw)
      const happened = this.exchangeTime(clock, op[row]!, tsExchange[row]!)
      let seen = latency.feed === undefined ? clock.raw + clockOffsetMicros : happened + latency.feed(happened)
      if (!(seen >= happened)) {
        this.counts.negativeDelays++
        seen = happened
      }
      if (seen < clock.local) seen = clock.local
      clock.local = seen
      this.exchangeQueue.push(batch, row, happened)
      this.localQueue.push(batch, row, seen)
      this.counts.events++
      while ((flags[row++]! & RowFlag.last) === 0 && row < length);
    }
    return clock.raw + clockOffsetMicros - this.settings.maxFeedDelayMicros
  }

  /** Runs the timeline up to a time. Where it stops at a prediction under way, `resume` goes on from there. */
  run(until: Micros): PendingPrediction | undefined {
    const { exchangeQueue, localQueue, reports } = this
    const { outbox } = this.desk
    while (this.pending === undefined) {
      let time = exchangeQueue.time
      let next = 0
      if (outbox.time < time) {
        time = outbox.time
        next = 1
      }
      if (localQueue.time < time) {
        time = localQueue.time
        next = 2
      }
      if (reports.time < time) {
        time = reports.time
        next = 3
      }
      if (this.timer < time && (exchangeQueue.length > 0 || localQueue.length > 0)) {
        time = this.timer
        next = 4
      }
      if (time > until || time === Infinity) return undefined
      if (next === 0) this.stepMarket()
      else if (next === 2) this.stepLocal()
      else if (next === 1) {
        const message = outbox.shift()
        // What comes after the last event would meet a book that nobody knows.
        if (until !== Infinity || exchangeQueue.length > 0 || time <= this.lastTs) this.deliver(message, time)
      }
      else if (next === 3) this.hear(reports.shift(), time)
      else this.ring(time)
    }
    return this.pending
  }

  resume(values: Float32Array): void {
    const { finish } = this.pending!
    this.pending = undefined
    const signal = finish(values)
    if (signal !== undefined) this.signal(signal)
  }

  /** After the last event: the session ends. */
  finish(): void {
    if (Number.isNaN(this.lastTs)) return
    for (const order of this.record.orders) {
      if (order.status !== 'sent') continue
      order.status = 'expired'
      order.reason = 'end-of-data'
      this.record.count('expired', order.reason)
    }
    for (const market of this.marketList) this.endSession(market, this.lastTs)
    this.equity.finish(this.marketList, this.lastTs)
  }

  private exchangeTime(clock: FeedClock, op: number, stated: Micros): Micros {
    // Trades and book changes may come on lines of their own, each in order.
    const isTrade = op === Op.trade
    const floor = op === Op.status ? Math.max(clock.book, clock.trades) : isTrade ? clock.trades : clock.book
    if (stated < floor) this.counts.timeReversals++
    let time = stated > floor ? stated : floor
    if (time < this.lastTs) {
      this.counts.lateEvents++
      time = this.lastTs
    }
    if (isTrade || op === Op.status) clock.trades = time
    if (!isTrade) clock.book = time
    return time
  }

  /** Charges what is held for every instant that has passed, at the marks before what happens now. */
  private carry(now: Micros): void {
    const carry = this.settings.carry!
    for (; this.nextCarry <= now; this.nextCarry += carry.everyMicros) {
      for (const market of this.marketList) market.hold(carry, this.nextCarry)
    }
  }

  // Times are read from the queues: a double that is handed over is a double on the heap.
  private stepMarket(): void {
    const { batch, row, time: now } = this.exchangeQueue
    this.exchangeQueue.shift()
    if (Number.isNaN(this.firstTs)) {
      this.firstTs = now
      this.equity.start(now)
      const { carry } = this.settings
      if (carry !== undefined) this.nextCarry = (Math.floor(now / carry.everyMicros) + 1) * carry.everyMicros
    }
    if (now >= this.nextCarry) this.carry(now)
    if (now >= this.equity.nextSample) this.equity.sample(this.marketList, now)
    this.lastTs = now
    const market = this.marketOf(batch)
    const { mark, ledger } = market
    const { tradedLots } = ledger
    market.now = now
    market.apply(batch, row)
    if (ledger.tradedLots !== tradedLots || (ledger.position !== 0 && market.mark !== mark)) this.equity.watch(this.marketList, now)
  }

  private stepLocal(): void {
    const { batch, row, time: now } = this.localQueue
    this.localQueue.shift()
    const { desk } = this
    const { strategy, signals } = this.settings
    const tracker = desk.bookOf(batch)
    tracker.redefine(batch.instrument, batch.levels)
    tracker.applyRows(batch, row)
    tracker.tsLocal = now
    desk.now = now
    if (!this.started) this.start(now)
    if (strategy.onTick !== undefined) {
      try {
        strategy.onTick(this.state, tracker, desk)
      } catch (error) {
        throw this.failure('onTick', error)
      }
    }
    if (signals === undefined) return
    const outcome = signals.step(tracker)
    if (outcome === undefined) return
    if ('finish' in outcome) this.pending = outcome
    else this.signal(outcome)
  }

  private signal(signal: Parameters<NonNullable<Strategy['onSignal']>>[1]): void {
    const { strategy } = this.settings
    this.counts.signals++
    if (strategy.onSignal === undefined) return
    const { book } = this.desk.books.get(signal.instrument)!
    this.call('onSignal', () => strategy.onSignal!(this.state, signal, book, this.desk))
  }

  private start(now: Micros): void {
    const { strategy } = this.settings
    this.started = true
    this.call('init', () => {
      this.state = strategy.init(this.desk.instruments())
    })
    if (strategy.timerMicros !== undefined) this.timer = now + strategy.timerMicros
  }

  private ring(now: Micros): void {
    const { strategy } = this.settings
    this.desk.now = now
    this.timer = now + strategy.timerMicros!
    if (strategy.onTimer !== undefined) this.call('onTimer', () => strategy.onTimer!(this.state, now, this.desk))
  }

  private hear(report: OrderReport, now: Micros): void {
    const { strategy } = this.settings
    this.desk.now = now
    this.desk.learn(report)
    if (strategy.onOrder !== undefined) this.call('onOrder', () => strategy.onOrder!(this.state, report, this.desk))
  }

  /** An order message has reached the venue. */
  private deliver(message: OrderMessage, now: Micros): void {
    if (message.kind === 'new') {
      const { order } = message
      const market = this.markets.get(order.request.instrument)
      if (market === undefined) {
        order.status = 'rejected'
        order.reason = 'unknown-instrument'
        order.arrivedAt = now
        order.endedAt = now
        this.refuse(order.id, 'unknown-instrument', now)
        return
      }
      market.accept(order, now)
      if (order.status === 'resting') this.live.set(order.id, order)
      if (order.filledLots > 0) this.equity.watch(this.marketList, now)
      return
    }
    const order = this.live.get(message.orderId)
    const market = order === undefined ? undefined : this.markets.get(order.request.instrument)
    if (order === undefined || market === undefined || order.status !== 'resting') {
      this.counts.unknownOrders++
      this.refuse(message.orderId, 'unknown-order', now)
    } else if (message.kind === 'cancel') market.cancel(order, now)
    else {
      const reason = market.replace(order, message.lots ?? order.lots, message.ticks ?? order.ticks, now)
      if (reason !== undefined) this.refuse(order.id, reason, now)
      this.equity.watch(this.marketList, now)
    }
    if (order !== undefined && order.status !== 'resting') this.live.delete(order.id)
  }

  private refuse(orderId: number, reason: string, now: Micros): void {
    this.record.count('rejected', reason)
    this.report({ orderId, status: 'rejected', reason }, now)
  }

  private endSession(market: Market, now: Micros): void {
    market.endSession(now, (lots) => {
      const { id } = market.tracker.instrument
      const order = ownOrder(this.desk.nextId(), { instrument: id, side: lots > 0 ? 'buy' : 'sell', type: 'market', lots: Math.abs(lots) }, now, market.mark, true)
      this.record.orders.push(order)
      return order
    })
    this.equity.watch(this.marketList, now)
  }

  private listen(): MarketListener {
    return {
      filled: (market, order, liquidity, ticks, lots, touch, mid) => {
        const { id } = market.tracker.instrument
        const { now } = market
        const tsLocal = now + this.settings.latency.feedback(now)
        const fill: Fill = { instrument: id, orderId: order.id, side: order.request.side, liquidity, ticks, lots, tsExchange: now, tsLocal }
        this.record.fill(market, order, fill, touch, mid)
        this.reports.push({ orderId: order.id, status: order.lots === 0 ? 'filled' : 'partly-filled', fill }, tsLocal)
        if (order.lots === 0) this.live.delete(order.id)
      },
      charged: (_market, _order, cost) => this.record.charge(cost),
      changed: (market, order, status) => {
        if (status === 'rejected' || status === 'expired') this.record.count(status, order.reason ?? 'unknown')
        if (status === 'cancelled' || status === 'expired') this.live.delete(order.id)
        this.report(order.reason === undefined ? { orderId: order.id, status } : { orderId: order.id, status, reason: order.reason }, market.now)
      },
    }
  }

  private report(report: OrderReport, now: Micros): void {
    this.reports.push(report, now + this.settings.latency.feedback(now))
  }

  private marketOf(batch: EventBatch): Market {
    const last = this.lastMarket
    if (last !== undefined && last.tracker.instrument.id === batch.instrument.id) return last
    let market = this.markets.get(batch.instrument.id)
    if (market === undefined) {
      market = new Market(batch.instrument, batch.levels, this.settings, this.listener)
      market.onSession = (ended) => this.endSession(ended, ended.now)
      this.markets.set(batch.instrument.id, market)
      this.marketList.push(market)
    }
    return (this.lastMarket = market)
  }

  private call(name: string, run: () => void): void {
    try {
      run()
    } catch (error) {
      throw this.failure(name, error)
    }
  }

  private failure(name: string, error: unknown): LobError {
    if (error instanceof LobError) return error
    const { strategy } = this.settings
    return new LobError('LOB_ORDER', `Strategy ${strategy.name} threw in ${name} at ${this.desk.now}: ${String(error)}`, {}, { cause: error })
  }
}
