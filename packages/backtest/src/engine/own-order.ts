import type { Lots, Micros, OrderRequest, Ticks } from '@rxlob/core'
import type { QueueState } from '../queue/queue-model.js'

/** An order of ours, from decision to end. */
export interface OwnOrder extends QueueState {
  readonly id: number
  readonly request: OrderRequest
  readonly side: 1 | -1
  ticks: Ticks
  /** Left to fill. */
  lots: Lots
  filledLots: Lots
  /** Number of the last order known to have joined its price before it (level 3). */
  joined: number
  replaced: boolean
  readonly closing: boolean
  readonly decidedAt: Micros
  /** Mid as we knew it when we decided, ticks; NaN where there was none. */
  readonly decisionMid: number
  arrivedAt: Micros
  /** Mid at the venue when the order came there. */
  arrivalMid: number
  endedAt: Micros
  /** Mid at the venue when the order ended. */
  endMid: number
  status: OwnStatus
  reason: string | undefined
}

export type OwnStatus = 'sent' | 'resting' | 'filled' | 'cancelled' | 'expired' | 'rejected'
