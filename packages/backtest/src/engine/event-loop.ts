import { LobError, RowFlag, type EventBatch, type InstrumentId, type LatencyModel, type Micros, type OrderReport, type Strategy } from '@rxlob/core'
import type { CarryModel } from '../cost/carry-model.js'
import { EquityWatch } from './equity-curve.js'
import { EventQueue } from './event-queue.js'
import { FeedClocks } from './feed-clocks.js'
import { LocalFeed } from './local-feed.js'
import type { LocalSide } from './local-side.js'
import { Market } from './market.js'
import type { MarketSettings } from './market-settings.js'
import { OrderDesk, type OrderMessage } from './order-desk.js'
import { ReportLine } from './report-line.js'
import { ownOrder, RunRecord } from './run-record.js'
import { SeenBooks } from './seen-books.js'
import type { PendingPrediction, SignalStage } from './signal-stage.js'

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

/** What comes next of ours, in the order of one instant. */
const Turn = { message: 1, feed: 2, report: 3, timer: 4 } as const

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
  private readonly reports: ReportLine
  private readonly desk: OrderDesk
  private readonly local: LocalSide
  private readonly settings: LoopSettings
  private readonly clocks = new FeedClocks()
  private state: unknown
  private started = false
  private timer: Micros = Infinity
  /** When what comes next of ours is due. */
  private due: Micros = Infinity
  private nextCarry: Micros = Infinity
  private pending: PendingPrediction | undefined
  private lastMarket: Market | undefined

  constructor(settings: LoopSettings) {
    this.settings = settings
    this.equity = new EquityWatch(settings.intervalMicros)
    const watchful = settings.strategy.onTick !== undefined || settings.signals !== undefined
    this.local = watchful ? new LocalFeed() : new SeenBooks(this.markets)
    this.desk = new OrderDesk(this.local, settings.latency, (order) => this.record.orders.push(order))
    this.reports = new ReportLine(this.record, settings.latency)
  }

  /** Takes a batch in; returns the exchange time up to which everything that happened is known. */
  take(batch: EventBatch): Micros {
    const { flags, op, tsExchange, tsLocal, length } = batch
    const { clocks, counts } = this
    const { latency, clockOffsetMicros } = this.settings
    const clock = clocks.of(batch.instrument.id)
    this.local.open(batch)
    for (let row = 0; row < length; ) {
      const raw = tsLocal[row]!
      if (raw < clock.raw) counts.timeReversals++
      clock.raw = Math.max(clock.raw, raw)
      const happened = clocks.happened(clock, op[row]!, tsExchange[row]!, this.lastTs, counts)
      let seen = latency.feed === undefined ? clock.raw + clockOffsetMicros : happened + latency.feed(happened)
      if (!(seen >= happened)) {
        counts.negativeDelays++
        seen = happened
      }
      if (seen < clock.local) seen = clock.local
      clock.local = seen
      this.exchangeQueue.push(batch, row, happened)
      this.local.push(batch, row, seen)
      counts.events++
      while ((flags[row++]! & RowFlag.last) === 0 && row < length);
    }
    return clock.raw + clockOffsetMicros - this.settings.maxFeedDelayMicros
  }

  /** Runs the timeline up to a time. Where it stops at a prediction under way, `resume` goes on from there. */
  run(until: Micros): PendingPrediction | undefined {
    const { exchangeQueue, local, reports } = this
    const { outbox } = this.desk
    while (this.pending === undefined) {
      let next = this.nextOfOurs(true)
      if (this.runMarket(until)) next = this.nextOfOurs(true)
      if (next === Turn.timer && this.timer <= until) {
        local.look(this.timer)
        // A timer rings while there is a market.
        if (exchangeQueue.length === 0 && local.length === 0) next = this.nextOfOurs(false)
      }
      const time = this.due
      if (time > until || time === Infinity) {
        if (this.started) local.look(until)
        return undefined
      }
      if (next === Turn.feed) this.stepLocal()
      else if (next === Turn.message) {
        const message = outbox.shift()
        // What comes after the last event would meet a book that nobody knows.
        if (until !== Infinity || exchangeQueue.length > 0 || time <= this.lastTs) this.deliver(message, time)
      }
      else if (next === Turn.report) this.hear(reports.shift(), time)
      else this.ring(time)
    }
    return this.pending
  }

  /** What comes next but for the market, `due` when. */
  private nextOfOurs(timed: boolean): number {
    const { local, reports } = this
    let next: number = Turn.message
    let due = this.desk.outbox.time
    if (local.time < due) {
      due = local.time
      next = Turn.feed
    }
    if (reports.time < due) {
      due = reports.time
      next = Turn.report
    }
    if (timed && this.timer < due) {
      due = this.timer
      next = Turn.timer
    }
    this.due = due
    return next
  }

  /** The market goes on alone up to what comes next of ours. True where a report of a fill is due before that. */
  private runMarket(until: Micros): boolean {
    const { exchangeQueue, reports } = this
    let horizon = Math.min(this.due, until)
    while (exchangeQueue.length > 0 && exchangeQueue.time <= horizon) {
      this.stepMarket()
      if (reports.time < horizon) horizon = reports.time
    }
    return reports.time < this.due
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
    const { desk, local } = this
    const { strategy, signals } = this.settings
    const now = local.time
    const tracker = local.step()
    desk.now = now
    if (!this.started) this.start(now)
    if (tracker === undefined) return
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
    const book = this.desk.book(signal.instrument)!
    this.call('onSignal', () => strategy.onSignal!(this.state, signal, book, this.desk))
  }

  private start(now: Micros): void {
    const { strategy } = this.settings
    this.started = true
    this.call('init', () => {
      this.state = strategy.init(this.local.instruments())
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
    this.local.look(now)
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
        this.reports.refuse(order.id, 'unknown-instrument', now)
        return
      }
      market.accept(order, now)
      if (order.status === 'resting') this.reports.live.set(order.id, order)
      if (order.filledLots > 0) this.equity.watch(this.marketList, now)
      return
    }
    const order = this.reports.live.get(message.orderId)
    const market = order === undefined ? undefined : this.markets.get(order.request.instrument)
    if (order === undefined || market === undefined || order.status !== 'resting') {
      this.counts.unknownOrders++
      this.reports.refuse(message.orderId, 'unknown-order', now)
    } else if (message.kind === 'cancel') market.cancel(order, now)
    else {
      const reason = market.replace(order, message.lots ?? order.lots, message.ticks ?? order.ticks, now)
      if (reason !== undefined) this.reports.refuse(order.id, reason, now)
      this.equity.watch(this.marketList, now)
    }
    if (order !== undefined && order.status !== 'resting') this.reports.live.delete(order.id)
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

  private marketOf(batch: EventBatch): Market {
    const last = this.lastMarket
    if (last !== undefined && last.tracker.instrument.id === batch.instrument.id) return last
    let market = this.markets.get(batch.instrument.id)
    if (market === undefined) {
      market = new Market(batch.instrument, batch.levels, this.settings, this.reports)
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
