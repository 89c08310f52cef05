import type { Lots } from '@rxlob/core'
import type { BacktestResult } from '../backtest-result.js'
import { Ledger } from '../engine/ledger.js'
import type { FillRecord } from '../fill-record.js'
import type { OrderRecord } from '../order-record.js'
import type { TradeTape } from './trade-tape.js'

/** What trading cost against the mid at the decision, settlement currency, positive where it cost. The parts sum to `total`. */
export interface Shortfall {
  /** From decision to arrival at the venue: what the mid ran away by. */
  readonly delay: number
  /** From arrival to fill: what it ran away by while an order waited. */
  readonly waiting: number
  readonly spread: number
  readonly impact: number
  readonly fees: number
  /** Of what was not filled: what the mid ran away by until the order ended. */
  readonly opportunity: number
  readonly total: number
}

export interface OrderCost extends Shortfall {
  readonly orderId: number
  readonly filledLots: Lots
  readonly unfilledLots: Lots
  /** Mean price paid against the mid at arrival, basis points; NaN where nothing was filled. */
  readonly arrivalBps: number
  /** Against the market's VWAP from arrival to the last fill; NaN without a tape or trades. */
  readonly vwapBps: number
}

export interface CostAnalysis {
  readonly orders: readonly OrderCost[]
  readonly total: Shortfall
  /** Orders that are not in it: refused, or without a mid at decision, arrival, fill or end. */
  readonly leftOut: number
}

export interface CostAnalysisOptions {
  /** For the VWAP benchmark. */
  readonly tape?: TradeTape
  /** All orders of an instrument carry out one decision, taken with the first of them. Default false: each is a decision. */
  readonly asOneDecision?: boolean
}

/**
 * Implementation shortfall of every order of a run and its parts.
 *
 *   total = side (sum q p - filled p_decision) + side unfilled (p_end - p_decision) + fees
 *
 * Prices p in settlement currency a lot; what the cost model added to spread and impact counts as paid.
 *
 * @see Perold (1988), The implementation shortfall: paper versus reality, J. Portfolio Management 14(3)
 */
export function costAnalysis(result: BacktestResult, options: CostAnalysisOptions = {}): CostAnalysis {
  const fillsOf = new Map<number, FillRecord[]>()
  for (const fill of result.fills) {
    const own = fillsOf.get(fill.orderId)
    if (own === undefined) fillsOf.set(fill.orderId, [fill])
    else own.push(fill)
  }
  const decided = new Map<string, number>()
  const orders: OrderCost[] = []
  const total = { delay: 0, waiting: 0, spread: 0, impact: 0, fees: 0, opportunity: 0, total: 0 }
  for (const order of result.orders) {
    if (order.status === 'rejected') continue
    if (!decided.has(order.instrument)) decided.set(order.instrument, order.decisionMid)
    const decision = options.asOneDecision === true ? decided.get(order.instrument)! : order.decisionMid
    const instrument = result.instruments.find(({ id }) => id === order.instrument)
    if (instrument === undefined) continue
    const cost = orderCost(order, decision, fillsOf.get(order.orderId) ?? [], new Ledger(instrument), options.tape)
    if (Number.isNaN(cost.total)) continue
    orders.push(cost)
    for (const part of parts) total[part] += cost[part]
    total.total += cost.total
  }
  return { orders, total, leftOut: result.orders.length - orders.length }
}

const parts = ['delay', 'waiting', 'spread', 'impact', 'fees', 'opportunity'] as const

function orderCost(order: OrderRecord, decision: number, fills: readonly FillRecord[], ledger: Ledger, tape: TradeTape | undefined): OrderCost {
  const side = order.side === 'buy' ? 1 : -1
  const { filledLots, arrivalMid } = order
  const unfilledLots = order.lots - filledLots
  const sum = (of: (fill: FillRecord) => number): number => fills.reduce((all, fill) => all + of(fill), 0)
  const cost = {
    delay: filledLots === 0 ? 0 : side * ledger.value(decision, arrivalMid, filledLots),
    waiting: sum(({ midTicks, lots }) => side * ledger.value(arrivalMid, midTicks, lots)),
    spread: sum(({ spread }) => spread),
    impact: sum(({ impact }) => impact),
    fees: sum(({ fee }) => fee),
    opportunity: unfilledLots === 0 ? 0 : side * ledger.value(decision, order.endMid, unfilledLots),
  }
  const paid = sum(({ ticks, lots }) => ticks * lots) / filledLots
  const vwap = tape === undefined || fills.length === 0 ? NaN : tape.vwapTicks(order.instrument, order.arrivedAt, fills.at(-1)!.tsExchange)
  return {
    orderId: order.orderId,
    filledLots,
    unfilledLots,
    ...cost,
    total: parts.reduce((all, part) => all + cost[part], 0),
    arrivalBps: side * (paid / arrivalMid - 1) * 10_000,
    vwapBps: side * (paid / vwap - 1) * 10_000,
  }
}
