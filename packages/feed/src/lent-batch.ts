import { RowFlag, type BatchBuilder, type EventBatch, type Instrument } from '@rxlob/core'

/** A batch of one event at a time over the same arrays: what a source lends for a call. */
export interface LentBatch extends BatchBuilder {
  /** The event since `begin`; written over by the next. */
  readonly batch: EventBatch
  begin(): void
}

/** Rows are written in place; nothing is allocated an event, but where one is larger than any before. */
export function lentBatch(instrument: Instrument, levels: number): LentBatch {
  const batch: { -readonly [Key in keyof EventBatch]: EventBatch[Key] } & { seq: Float64Array } = {
    instrument, levels, length: 0,
    op: new Uint8Array(256), flags: new Uint8Array(256), tsExchange: new Float64Array(256), tsLocal: new Float64Array(256),
    ticks: new Float64Array(256), lots: new Float64Array(256), seq: new Float64Array(256),
  }

  function grow(): void {
    batch.op = twice(batch.op, new Uint8Array(batch.op.length * 2))
    batch.flags = twice(batch.flags, new Uint8Array(batch.flags.length * 2))
    for (const name of ['tsExchange', 'tsLocal', 'ticks', 'lots', 'seq'] as const) batch[name] = twice(batch[name], new Float64Array(batch[name].length * 2))
  }

  return {
    batch,
    begin() {
      batch.length = 0
    },
    row(op, ticks, lots, flags = 0) {
      if (batch.length === batch.tsLocal.length) grow()
      const at = batch.length as number
      batch.op[at] = op
      batch.flags[at] = flags
      batch.ticks[at] = ticks
      batch.lots[at] = lots
      batch.length = at + 1
    },
    setLevels(op, pairs, from, to) {
      const begin = batch.length as number
      const end = begin + to - from
      while (end > batch.tsLocal.length) grow()
      const { ticks, lots } = batch
      batch.op.fill(op, begin, end)
      batch.flags.fill(0, begin, end)
      for (let row = begin, at = 2 * from; row < end; row++, at += 2) {
        ticks[row] = pairs[at]!
        lots[row] = pairs[at + 1]!
      }
      batch.length = end
    },
    end(tsExchange, tsLocal, seq = NaN) {
      batch.tsExchange.fill(tsExchange, 0, batch.length)
      batch.tsLocal.fill(tsLocal, 0, batch.length)
      batch.seq.fill(seq, 0, batch.length)
      if (batch.length > 0) batch.flags[batch.length - 1]! |= RowFlag.last
    },
  }
}

function twice<Column extends Uint8Array | Float64Array>(old: Column, grown: Column): Column {
  grown.set(old)
  return grown
}
