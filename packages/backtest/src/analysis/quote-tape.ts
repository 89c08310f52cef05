import { batchesOf, BookTracker, type InstrumentId, type Micros, type Source, type Ticks } from '@rxlob/core'

/** Best prices of one instrument in exchange time: a row whenever one of them moved. NaN while there was no book or it was crossed. */
export interface QuoteTape {
  readonly instrument: InstrumentId
  readonly ts: Float64Array
  readonly bid: Float64Array
  readonly ask: Float64Array
}

/** Reads a source of one instrument once; of several, the first's quotes. */
export async function quoteTape(source: Source): Promise<QuoteTape | undefined> {
  let tracker: BookTracker | undefined
  const ts: number[] = []
  const bids: Ticks[] = []
  const asks: Ticks[] = []
  let last: Micros = -Infinity
  for await (const batch of batchesOf(source)) {
    tracker ??= new BookTracker(batch.instrument, batch.levels)
    if (tracker.instrument.id !== batch.instrument.id) continue
    tracker.redefine(batch.instrument, batch.levels)
    for (let row = 0; row < batch.length; ) {
      row = tracker.applyRows(batch, row)
      const { book } = tracker
      const open = book.synced && !book.crossed
      const bid = open ? book.bidTicks(0) : NaN
      const ask = open ? book.askTicks(0) : NaN
      last = Math.max(last, tracker.tsExchange)
      if (Object.is(bid, bids.at(-1)) && Object.is(ask, asks.at(-1))) continue
      ts.push(last)
      bids.push(bid)
      asks.push(ask)
    }
  }
  return tracker === undefined ? undefined : { instrument: tracker.instrument.id, ts: Float64Array.from(ts), bid: Float64Array.from(bids), ask: Float64Array.from(asks) }
}
