import type { FeedStatus } from '../events.js'
import type { Instrument } from '../instrument.js'

/** Codes of the `op` column. `none` stands for a delta that touches no level. */
export const Op = { clear: 0, setBid: 1, setAsk: 2, trade: 3, add: 4, reduce: 5, remove: 6, fill: 7, replace: 8, status: 9, none: 10 } as const

/**
 * Bits of the `flags` column. `last` closes an event: the book is whole only there.
 * On order rows `sell` means the resting order is an ask; on trades that the taker sold.
 */
export const RowFlag = { last: 1, sell: 2, unknownSide: 4, scroll: 8, snapshot: 16, hidden: 32, cross: 64, offBook: 128 } as const

/** Value of the `nanos` column where the venue gave none. */
export const noNanos = 65_535

/** What a status row says beyond its name and channel. */
export type StatusDetail = Pick<FeedStatus, 'fromSeq' | 'toSeq' | 'count' | 'reason'>

/**
 * The same events as columns: one row per touched level, order or trade, in `tsLocal` order.
 * Prices are in ticks and sizes in lots of `instrument`; a `status` row keeps the index of its
 * status (`statusNames`) in `lots`, of its channel (`channels`) in `ticks`. Trade ids and text keys are not kept.
 *
 * A snapshot is a `clear` row, then `setBid`/`setAsk` rows best first, then (level 3) `add` rows of its
 * orders in queue order, then `setBid`/`setAsk` rows flagged `scroll` too, that say where what is known ends; all flagged `snapshot`. An order event is its order row, then the `setBid`/`setAsk`
 * rows, flagged `scroll`, of the levels it moved into or out of view.
 */
export interface EventBatch {
  /** One instrument a batch; a new definition starts a new batch. */
  readonly instrument: Instrument
  /** Levels per side that the source can show, as in the `instrument` event. */
  readonly levels: number
  /** Rows in use; the arrays may be longer. */
  readonly length: number
  readonly op: Uint8Array
  readonly flags: Uint8Array
  readonly tsExchange: Float64Array
  readonly tsLocal: Float64Array
  /** Integer for book rows; a trade may lie between ticks. */
  readonly ticks: Float64Array
  readonly lots: Float64Array
  /** NaN for an event without a number. */
  readonly seq?: Float64Array
  /** Level 3 only. */
  readonly orderId?: Float64Array
  /** 0-999, `noNanos` for an event without them. Where the venue gives nanoseconds. */
  readonly nanos?: Uint16Array
  /** One entry for each status row, in row order. */
  readonly details?: readonly StatusDetail[]
  /** Where reading may resume after this batch: a file offset, a Kafka offset. Opaque to everyone but its source. */
  readonly position?: string
}
