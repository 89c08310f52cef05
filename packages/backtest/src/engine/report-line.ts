import type { Cost, Fill, LatencyModel, Lots, Micros, OrderReport, Ticks } from '@rxlob/core'
import type { Market } from './market.js'
import type { MarketListener } from './market-settings.js'
import type { OwnOrder } from './own-order.js'
import type { RunRecord } from './run-record.js'
import { TimedQueue } from './timed-queue.js'

/** What the venue tells us of our orders, on its way to us; what is told is written down as well. */
export class ReportLine implements MarketListener {
  /** Orders that rest at the venue. */
  readonly live: Map<number, OwnOrder> = new Map()
  private readonly queue = new TimedQueue<OrderReport>()
  private readonly record: RunRecord
  private readonly latency: LatencyModel

  constructor(record: RunRecord, latency: LatencyModel) {
    this.record = record
    this.latency = latency
  }

  /** When the next report reaches us; Infinity where none is under way. */
  get time(): Micros {
    return this.queue.time
  }

  shift(): OrderReport {
    return this.queue.shift()
  }

  refuse(orderId: number, reason: string, now: Micros): void {
    this.record.count('rejected', reason)
    this.report({ orderId, status: 'rejected', reason }, now)
  }

  filled(market: Market, order: OwnOrder, liquidity: Fill['liquidity'], ticks: number, lots: Lots, touch: Ticks, mid: number): void {
    const { id } = market.tracker.instrument
    const { now } = market
    const tsLocal = now + this.latency.feedback(now)
    const fill: Fill = { instrument: id, orderId: order.id, side: order.request.side, liquidity, ticks, lots, tsExchange: now, tsLocal }
    this.record.fill(market, order, fill, touch, mid)
    this.queue.push({ orderId: order.id, status: order.lots === 0 ? 'filled' : 'partly-filled', fill }, tsLocal)
    if (order.lots === 0) this.live.delete(order.id)
  }

  charged(_market: Market, _order: OwnOrder, cost: Cost): void {
    this.record.charge(cost)
  }

  changed(market: Market, order: OwnOrder, status: OrderReport['status']): void {
    if (status === 'rejected' || status === 'expired') this.record.count(status, order.reason ?? 'unknown')
    if (status === 'cancelled' || status === 'expired') this.live.delete(order.id)
    this.report(order.reason === undefined ? { orderId: order.id, status } : { orderId: order.id, status, reason: order.reason }, market.now)
  }

  private report(report: OrderReport, now: Micros): void {
    this.queue.push(report, now + this.latency.feedback(now))
  }
}
