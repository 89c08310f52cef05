import { channels, statusNames, type Channel, type StatusName } from '../events.js'
import type { Instrument } from '../instrument.js'
import { integerOption } from '../option-range.js'
import type { Lots, Micros, Ticks } from '../units.js'
import { noNanos, Op, RowFlag, type EventBatch, type StatusDetail } from './event-batch.js'

/** Rows written in place; `end` closes the event. */
export interface BatchBuilder {
  row(op: number, ticks: Ticks, lots: Lots, flags?: number, orderId?: number): void
  end(tsExchange: Micros, tsLocal: Micros, seq?: number, nanos?: number): void
}

export interface GrowingBatchOptions {
  readonly instrument: Instrument
  /** Levels per side that the source can show. Default Infinity. */
  readonly levels?: number
  /** Rows to reserve, 1 or more; a batch grows past them rather than split an event. Default 4096. */
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
  /** An event of one row, begun and closed at once: the way for readers of files with millions of them. No event may be open. */
  event(op: number, ticks: Ticks, lots: Lots, flags: number, orderId: number, tsExchange: Micros, tsLocal: Micros, nanos: number): void
  /** Writes the row of a status; `end` closes it as any other event. */
  status(name: StatusName, channel: Channel, detail?: StatusDetail): void
  /** Throws away the rows of an event that was begun and not closed. */
  cancel(): void
  /** The closed events as a batch that belongs to the caller; the builder goes on, with the event that is open if one is. */
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

const columnNames: readonly (keyof Columns)[] = ['op', 'flags', 'tsExchange', 'tsLocal', 'ticks', 'lots', 'seq', 'orderId', 'nanos']
const none = new Float64Array(0)

/**
 * Gathers rows into batches. An event never straddles two batches. Cost: O(1) a row, amortised.
 *
 * @throws {LobError} LOB_BAD_OPTION where `rows` is not an integer of 1 or more.
 */
export function growingBatch(options: GrowingBatchOptions): GrowingBatch {
  const { instrument, levels = Infinity, orders = false, sequences = false, nanos = false } = options
  const reserved = integerOption('rows', options.rows ?? 4096, 1)
  let capacity = reserved
  let columns = allocate(capacity)
  const details: StatusDetail[] = []
  let openDetails = 0
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

  /** Rows from `from` to `to` in new arrays of `size` rows. */
  function copied(size: number, from: number, to: number): Columns {
    const copy = allocate(size)
    for (const name of columnNames) if (copy[name].length > 0) copy[name].set(columns[name].subarray(from, to))
    return copy
  }

  function grow(): void {
    capacity *= 2
    columns = copied(capacity, 0, used)
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

  /** Gives away the closed rows and goes on with the open ones. A batch that fills little of the arrays is copied: it may wait long. */
  function giveClosed(): Columns {
    let given = columns
    if (closed * 2 > capacity) {
      capacity = Math.max(reserved, used - closed)
      columns = copied(capacity, closed, used)
    } else {
      given = copied(closed, 0, closed)
      for (const name of columnNames) columns[name].copyWithin(0, closed, used)
    }
    used -= closed
    closed = 0
    return given
  }

  return {
    get length() {
      return closed
    },
    row,
    event(op, ticks, lots, flags, orderId, tsExchange, tsLocal, nanosOfMicro) {
      if (used === capacity) grow()
      const at = used
      columns.op[at] = op
      columns.flags[at] = flags | RowFlag.last
      columns.ticks[at] = ticks
      columns.lots[at] = lots
      columns.tsExchange[at] = tsExchange
      columns.tsLocal[at] = tsLocal
      if (orders) columns.orderId[at] = orderId
      if (sequences) columns.seq[at] = NaN
      if (nanos) columns.nanos[at] = nanosOfMicro
      closed = ++used
    },
    status(name, channel, detail = {}) {
      row(Op.status, channels.indexOf(channel), statusNames.indexOf(name))
      details.push(detail)
      openDetails++
    },
    end(tsExchange, tsLocal, seq = NaN, nanosOfMicro = noNanos) {
      for (let row = closed; row < used; row++) {
        columns.tsExchange[row] = tsExchange
        columns.tsLocal[row] = tsLocal
        if (sequences) columns.seq[row] = seq
        if (nanos) columns.nanos[row] = nanosOfMicro
      }
      if (used > closed) columns.flags[used - 1]! |= RowFlag.last
      closed = used
      openDetails = 0
    },
    cancel() {
      details.length -= openDetails
      openDetails = 0
      used = closed
    },
    take(position) {
      const length = closed
      const given = giveClosed()
      const givenDetails = details.splice(0, details.length - openDetails)
      return {
        instrument,
        levels,
        length,
        op: given.op,
        flags: given.flags,
        tsExchange: given.tsExchange,
        tsLocal: given.tsLocal,
        ticks: given.ticks,
        lots: given.lots,
        ...(sequences && { seq: given.seq }),
        ...(orders && { orderId: given.orderId }),
        ...(nanos && { nanos: given.nanos }),
        ...(givenDetails.length > 0 && { details: givenDetails }),
        ...(position !== undefined && { position }),
      }
    },
  }
}
