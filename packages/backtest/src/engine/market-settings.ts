import type { Cost, CostModel, Fill, Lots } from '@rxlob/core'
import type { QueueModel } from '../queue/queue-model.js'
import type { Market } from './market.js'
import type { OwnOrder, OwnStatus } from './own-order.js'

export interface MarketSettings {
  readonly queue: QueueModel | 'fifo'
  readonly cost: CostModel
  readonly takerFills: 'book' | 'mid-fiction'
  readonly maxOrderLots: Lots
  readonly maxPositionLots: Lots
  readonly sessionEnd: 'flat' | 'carry'
}

/** What the venue tells: each call becomes a report to the strategy. */
export interface MarketListener {
  filled(market: Market, order: OwnOrder, liquidity: Fill['liquidity'], ticks: number, lots: Lots, touch: number, mid: number): void
  charged(market: Market, order: OwnOrder, cost: Cost): void
  changed(market: Market, order: OwnOrder, status: 'accepted' | 'replaced' | Exclude<OwnStatus, 'sent' | 'resting' | 'filled'>): void
}

export interface MarketCounts {
  events: number
  gaps: number
  halts: number
  sessions: number
  notFlattened: number
}
