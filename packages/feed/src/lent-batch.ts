import { Op, RowFlag, type EventBatch, type Instrument, type Micros } from '@rxlob/core'
import type { ScannedFrame } from './live-source-spec.js'

/** A batch of one delta at a time over the same arrays: what a source lends for a call. */
export interface LentBatch {
  /** The message as rows; written over by the next. */
  delta(frame: Pick<ScannedFrame<unknown>, 'levels' | 'tsExchange' | 'seq'>, tsLocal: Micros): EventBatch
}

/** Rows are written in place, bids first; nothing is allocated an event, but where one is larger than any before. */
export function lentBatch(instrument: Instrument, levels: number): LentBatch {
  const batch = { instrument, levels, length: 0, ...columns(256) }

  function side(op: number, pairs: Float64Array, from: number, to: number): void {
    const begin = batch.length
    const { ticks, lots } = batch
    batch.length += to - from
    batch.op.fill(op, begin, batch.length)
    for (let row = begin, at = 2 * from; row < batch.length; row++, at += 2) {
      ticks[row] = pairs[at]!
      lots[row] = pairs[at + 1]!
    }
  }

  return {
    delta({ levels: { pairs, bidsFrom, bidsTo, asksFrom, asksTo }, tsExchange, seq }, tsLocal) {
      const rows = bidsTo - bidsFrom + asksTo - asksFrom
      if (rows > batch.op.length) Object.assign(batch, columns(2 * rows))
      batch.length = 0
      if (rows === 0) batch.op[batch.length++] = Op.none
      side(Op.setBid, pairs, bidsFrom, bidsTo)
      side(Op.setAsk, pairs, asksFrom, asksTo)
      const { length } = batch
      batch.flags.fill(0, 0, length - 1)
      batch.flags[length - 1] = RowFlag.last
      batch.tsExchange.fill(tsExchange, 0, length)
      batch.tsLocal.fill(tsLocal, 0, length)
      batch.seq.fill(seq, 0, length)
      return batch
    },
  }
}

const columns = (rows: number): Pick<Required<EventBatch>, 'op' | 'flags' | 'tsExchange' | 'tsLocal' | 'ticks' | 'lots' | 'seq'> => ({
  op: new Uint8Array(rows),
  flags: new Uint8Array(rows),
  tsExchange: new Float64Array(rows),
  tsLocal: new Float64Array(rows),
  ticks: new Float64Array(rows),
  lots: new Float64Array(rows),
  seq: new Float64Array(rows),
})
