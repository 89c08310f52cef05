import { growingBatch, Op, RowFlag, type EventBatch, type Instrument, type Lots, type Micros, type Side } from '@rxlob/core'
import type { Exchange, ExchangeListener, ExchangeOrder } from './exchange/index.js'
import type { SessionClock } from './market-process.js'

/** Writes what an exchange reports as level 3 events, one event a report, at the session's virtual time. */
export interface EventRecorder extends ExchangeListener {
  /** Rows waiting to be taken. */
  readonly length: number
  /** Writes the book of the venue. Reports are recorded from here on; the opening orders before it are not. */
  snapshot(venue: Exchange): void
  /** A print against an order that never showed. */
  hiddenTrade(ticks: number, lots: Lots, aggressor: 'buy' | 'sell'): void
  ended(): void
  take(position: string): EventBatch
}

export interface EventRecorderOptions {
  readonly instrument: Instrument
  readonly startMicros: Micros
  readonly clock: SessionClock
  /** Rows to reserve for one batch. */
  readonly rows: number
}

const sideFlag = (side: Side): number => (side === 'ask' ? RowFlag.sell : 0)

/** Events are numbered from the snapshot, which is 0: the number is their `seq`. */
export function eventRecorder({ instrument, startMicros, clock, rows }: EventRecorderOptions): EventRecorder {
  const batch = growingBatch({ instrument, rows, orders: true, sequences: true, nanos: true })
  let recording = false
  let seq = 0

  function end(): void {
    const micros = Math.floor(clock.nanos / 1000)
    batch.end(startMicros + micros, startMicros + micros, seq, clock.nanos - micros * 1000)
  }

  function record(op: number, order: ExchangeOrder, lots: Lots): void {
    if (!recording) return
    seq++
    batch.row(op, order.ticks, lots, sideFlag(order.side), order.orderId)
    end()
  }

  return {
    get length() {
      return batch.length
    },
    snapshot(venue) {
      batch.row(Op.clear, 0, 0, RowFlag.snapshot)
      for (const side of ['bid', 'ask'] as const) {
        const op = side === 'bid' ? Op.setBid : Op.setAsk
        for (let level = 0; level < venue.depth(side); level++) {
          const { ticks, lots } = venue.queue(side, level)!
          batch.row(op, ticks, lots, RowFlag.snapshot)
        }
      }
      for (const side of ['bid', 'ask'] as const) {
        for (let level = 0; level < venue.depth(side); level++) {
          for (const order of venue.queue(side, level)!.orders()) {
            batch.row(Op.add, order.ticks, order.lots, RowFlag.snapshot | sideFlag(side), order.orderId)
          }
        }
      }
      end()
      recording = true
    },
    added: (order) => record(Op.add, order, order.lots),
    reduced: (order, lots) => record(Op.reduce, order, lots),
    removed: (order) => record(Op.remove, order, order.lots),
    filled: (maker, lots) => record(Op.fill, maker, lots),
    replaced: (order) => record(Op.replace, order, order.lots),
    hiddenTrade(ticks, lots, aggressor) {
      seq++
      batch.row(Op.trade, ticks, lots, RowFlag.hidden | (aggressor === 'sell' ? RowFlag.sell : 0))
      end()
    },
    ended() {
      batch.status('ended', 'all')
      end()
    },
    take: (position) => batch.take(position),
  }
}
