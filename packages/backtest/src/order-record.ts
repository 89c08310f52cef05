import type { InstrumentId, Lots, Micros, OrderRequest } from '@rxlob/core'

/** An order from decision to end, as it is reported. Mids in ticks, NaN where there was none. */
export interface OrderRecord {
  readonly orderId: number
  readonly instrument: InstrumentId
  readonly side: 'buy' | 'sell'
  readonly type: OrderRequest['type']
  /** As asked for (after a replacement: filled and still asked for). */
  readonly lots: Lots
  /** NaN for market orders. */
  readonly ticks: number
  readonly filledLots: Lots
  /** Its price or size was changed on the way; `ticks` is the last one. */
  readonly replaced: boolean
  /** Sent by the engine to close a position at a session's end. */
  readonly closing: boolean
  readonly status: 'working' | 'filled' | 'cancelled' | 'expired' | 'rejected'
  /** Why, where rejected or expired. */
  readonly reason?: string
  readonly decidedAt: Micros
  readonly arrivedAt: Micros
  readonly endedAt: Micros
  readonly decisionMid: number
  readonly arrivalMid: number
  readonly endMid: number
}
