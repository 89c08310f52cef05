import { channels, statusNames, type Channel, type StatusName } from '../events.js'
import type { Instrument } from '../instrument.js'
import type { Lots, Micros, Ticks } from '../units.js'
import { Op, RowFlag, type EventBatch, type StatusDetail } from './event-batch.js'

/** Rows written in place; `end` closes the event. */
export interface BatchBuilder {
  row(op: number, ticks: Ticks, lots: Lots, flags?: number, orderId?: number): void
  end(tsExchange: Micros, tsLocal: Micros, seq?: number, nanos?: number): void
}

export interface GrowingBatchOptions {
  readonly instrument: Instrument
  /** Levels per side that the source can show. Default Infinity. */
  readonly levels?: number
  /** Rows to reserve; a batch grows past them rather than split an event. Default 4096. */
  readonly rows?: number
  /** Keep order ids (level 3). Default false. */
  readonly orders?: boolean
  /** Keep venue sequence numbers. Default false. */
  readonly sequences?: boolean
  /** Keep nanoseconds. Default false. */
  readonly nanos?: boolean
}

/** A `BatchBuilder` that hands out what it has gathered as a batch of its own. */
export interface GrowingBatch extends BatchBuilder {
  /** Rows of closed events waiting to be taken. */
  readonly length: number
  /** Writes the row of a status; `end` closes it as any other event. */
  status(name: StatusName, channel: Channel, detail?: StatusDetail): void
  /** Throws away the rows of an event that was begun and not closed. */
  cancel(): void
  /** The closed events as a batch that belongs to the caller; the builder goes on with fresh arrays. */
  take(position?: string): EventBatch
}

interface Columns {
  op: Uint8Array
  flags: Uint8Array
  tsExchange: Float64Array
  tsLocal: Float64Array
  ticks: Float64Array
  lots: Float64Array
  seq: Float64Array
  orderId: Float64Array
  nanos: Uint16Array
}

const none = new Float64Array(0)

/** Gathers rows into batches. An event never straddles two batches. Cost: O(1) a row, amortised. */
export function growingBatch(options: GrowingBatchOptions): GrowingBatch {
  const { instrument, levels = Infinity, rows = 4096, orders = false, sequences = false, nanos = false } = options
  let capacity = rows
  let columns = allocate(capacity)
  let details: StatusDetail[] = []
  let used = 0
  let closed = 0

  function allocate(size: number): Columns {
    return {
      op: new Uint8Array(size),
      flags: new Uint8Array(size),
      tsExchange: new Float64Array(size),
      tsLocal: new Float64Array(size),
      ticks: new Float64Array(size),
      lots: new Float64Array(size),
      seq: sequences ? new Float64Array(size) : none,
      orderId: orders ? new Float64Array(size) : none,
      nanos: new Uint16Array(nanos ? size : 0),
    }
  }

  function grow(): void {
    const old = columns
    capacity *= 2
    columns = allocate(capacity)
    for (const name of Object.keys(columns) as (keyof Columns)[]) {
      if (columns[name].length > 0) columns[name].set(old[name].subarray(0, used))
    }
  }

  function row(op: number, ticks: Ticks, lots: Lots, flags = 0, orderId = 0): void {
    if (used === capacity) grow()
    columns.op[used] = op
    columns.flags[used] = flags
    columns.ticks[used] = ticks
    columns.lots[used] = lots
    if (orders) columns.orderId[used] = orderId
    used++
  }

  return {
    get length() {
      return closed
    },
    row,
    status(name, channel, detail = {}) {
      row(Op.status, channels.indexOf(channel), statusNames.indexOf(name))
      details.push(detail)
    },
    end(tsExchange, tsLocal, seq = NaN, nanosOfMicro = 0) {
      for (let row = closed; row < used; row++) {
        columns.tsExchange[row] = tsExchange
        columns.tsLocal[row] = tsLocal
        if (sequences) columns.seq[row] = seq
        if (nanos) columns.nanos[row] = nanosOfMicro
      }
      if (used > closed) columns.flags[used - 1]! |= RowFlag.last
      closed = used
    },
    cancel() {
      for (let row = closed; row < used; row++) if (columns.op[row] === Op.status) details.pop()
      used = closed
    },
    take(position) {
      const { seq, orderId, nanos: nanosColumn, ...kept } = columns
      const batch: EventBatch = {
        instrument,
        levels,
        length: closed,
        ...kept,
        ...(sequences && { seq }),
        ...(orders && { orderId }),
        ...(nanos && { nanos: nanosColumn }),
        ...(details.length > 0 && { details }),
        ...(position !== undefined && { position }),
      }
      details = []
      columns = allocate(capacity)
      used = 0
      closed = 0
      return batch
    },
  }
}
