import type { Cost, Fill, Micros } from '@rxlob/core'
import type { FillRecord } from '../fill-record.js'
import type { OrderRecord } from '../order-record.js'
import type { Market } from './market.js'
import type { OwnOrder } from './own-order.js'

type Written = { -readonly [Name in keyof FillRecord]: FillRecord[Name] }

/** What is kept of a run, as it goes. */
export class RunRecord {
  readonly fills: FillRecord[] = []
  readonly orders: OwnOrder[] = []
  readonly rejected: Record<string, number> = {}
  readonly expired: Record<string, number> = {}
  private uncharged: Written[] = []

  fill(market: Market, order: OwnOrder, fill: Fill, touch: number, mid: number): void {
    const { ledger } = market
    const middle = Number.isNaN(mid) ? touch : mid
    const record: Written = {
      ...fill,
      midTicks: mid,
      spread: order.side * ledger.value(middle, touch, fill.lots),
      impact: order.side * ledger.value(touch, fill.ticks, fill.lots),
      fee: 0,
      charged: 0,
    }
    this.uncharged.push(record)
    this.fills.push(record)
  }

  /** Shares a cost among the fills since the last one, by lots. */
  charge(cost: Cost): void {
    const lots = this.uncharged.reduce((sum, fill) => sum + fill.lots, 0)
    for (const fill of this.uncharged) {
      const share = fill.lots / lots
      fill.spread += cost.spread * share
      fill.impact += cost.impact * share
      fill.fee += cost.fee * share
      fill.charged += (cost.spread + cost.impact + cost.fee) * share
    }
    this.uncharged = []
  }

  count(status: 'rejected' | 'expired', reason: string): void {
    this[status][reason] = (this[status][reason] ?? 0) + 1
  }

  orderRecords(): OrderRecord[] {
    return this.orders.map(recordOf)
  }
}

/** A new order of ours, on its way. */
export function ownOrder(id: number, request: OwnOrder['request'], decidedAt: Micros, decisionMid: number, closing = false): OwnOrder {
  return {
    id,
    request,
    side: request.side === 'sell' ? -1 : 1,
    ticks: request.ticks ?? NaN,
    lots: request.lots,
    filledLots: 0,
    ahead: 0,
    traded: 0,
    joined: 0,
    replaced: false,
    closing,
    decidedAt,
    decisionMid,
    arrivedAt: NaN,
    arrivalMid: NaN,
    endedAt: NaN,
    endMid: NaN,
    status: 'sent',
    reason: undefined,
  }
}

function recordOf(order: OwnOrder): OrderRecord {
  const { id, request, filledLots, lots, ticks, status, replaced, closing, decidedAt, arrivedAt, endedAt, decisionMid, arrivalMid, endMid, reason } = order
  const record = {
    orderId: id,
    instrument: request.instrument,
    side: request.side,
    type: request.type,
    lots: filledLots + lots,
    ticks: request.type === 'market' ? NaN : ticks,
    filledLots,
    replaced,
    closing,
    status: status === 'sent' || status === 'resting' ? ('working' as const) : status,
    decidedAt,
    arrivedAt,
    endedAt,
    decisionMid,
    arrivalMid,
    endMid,
  }
  return reason === undefined ? record : { ...record, reason }
}
