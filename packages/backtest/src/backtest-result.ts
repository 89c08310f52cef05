import type { Instrument, InstrumentId, Lots, Micros } from '@rxlob/core'
import type { EquityCurve } from './engine/equity-curve.js'
import type { ProfitAndLoss } from './engine/ledger.js'
import type { FillRecord } from './fill-record.js'
import type { TradingSummary } from './metrics/trading-summary.js'
import type { OrderRecord } from './order-record.js'

/** A run as plain data. Currency is the settlement currency; NaN where a number is not defined. */
export interface BacktestResult {
  readonly strategy: string
  readonly sources: readonly string[]
  readonly models: { readonly latency: string; readonly queue: string; readonly cost: string; readonly carry: string; readonly takerFills: string; readonly sessionEnd: string }
  readonly instruments: readonly Instrument[]
  readonly currency: string
  /** Exchange time of the first and last event. */
  readonly from: Micros
  readonly to: Micros
  readonly fromTime: string
  readonly toTime: string
  /** What was added to the recorder's clock. */
  readonly clockOffsetMicros: Micros
  /** At the end, positions marked at the last mid. */
  readonly profitAndLoss: ProfitAndLoss
  /** Funding and borrow, part of the fees. */
  readonly carry: number
  /** The same with positions at the best price that would take them. */
  readonly liquidationNet: number
  readonly positions: readonly { readonly instrument: InstrumentId; readonly lots: Lots; readonly markTicks: number }[]
  readonly summary: TradingSummary
  readonly counts: RunCounts
  readonly curve: EquityCurve
  readonly orders: readonly OrderRecord[]
  readonly fills: readonly FillRecord[]
}

/** What happened on the way that a reader of the result should know. */
export interface RunCounts {
  readonly events: number
  /** Events that reached us before they happened, by the data's clocks: taken as arriving at once. */
  readonly negativeDelays: number
  /** Events whose time went back: taken at the time of the one before. */
  readonly timeReversals: number
  /** Events that came later than `maxFeedDelayMicros` allows: taken at the venue when they came. */
  readonly lateEvents: number
  readonly signals: number
  readonly predictions: number
  /** Predictions with a NaN. */
  readonly missingPredictions: number
  /** Breaks in the feed: orders expired, nothing traded until the next snapshot. */
  readonly gaps: number
  readonly halts: number
  readonly sessions: number
  /** Positions that could not be closed at a session's end, for want of a book or of depth. */
  readonly notFlattened: number
  readonly orders: number
  /** Messages about orders that were not resting (any more). */
  readonly unknownOrders: number
  /** By reason. */
  readonly rejected: Readonly<Record<string, number>>
  readonly expired: Readonly<Record<string, number>>
}
