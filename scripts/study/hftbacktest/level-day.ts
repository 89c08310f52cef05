import { BookTracker, growingBatch, Op, RowFlag, type EventBatch, type Source } from '@rxlob/core'

export interface LevelDay {
  /** Levels and trades alone, in memory. */
  readonly source: Source
  /** The same for hftbacktest, rows of five: 1 for a trade or 0 for a level, 1 for a buyer or bid, microseconds, ticks, lots. */
  readonly rows: Float64Array
}

/** A day of orders as a day of levels: what a feed without orders would have shown. Hidden trades are left out, hftbacktest knows none. */
export async function levelDay(orders: Source): Promise<LevelDay> {
  const rows: number[] = []
  const batches: EventBatch[] = []
  let tracker: BookTracker | undefined
  for await (const batch of orders.batches!()) {
    tracker ??= new BookTracker(batch.instrument, batch.levels)
    const levels = growingBatch({ instrument: batch.instrument, levels: batch.levels })
    for (let row = 0; row < batch.length; ) {
      const ts = batch.tsExchange[row]!
      const op = batch.op[row]!
      if (op === Op.fill) {
        const asks = (batch.flags[row]! & RowFlag.sell) !== 0
        levels.row(Op.trade, batch.ticks[row]!, batch.lots[row]!, asks ? 0 : RowFlag.sell)
        levels.end(ts, ts)
        rows.push(1, asks ? 1 : 0, ts, batch.ticks[row]!, batch.lots[row]!)
      }
      const snapshot = op === Op.clear ? RowFlag.snapshot : 0
      if (snapshot) levels.row(Op.clear, 0, 0, snapshot)
      row = tracker.applyRows(batch, row)
      const { changes } = tracker
      for (let at = 0; at < changes.length; at++) {
        const bid = changes.side(at) === 1
        const scroll = changes.cause(at) === 'scroll' ? RowFlag.scroll : 0
        levels.row(bid ? Op.setBid : Op.setAsk, changes.ticks(at), changes.lotsAfter(at), scroll | snapshot)
        rows.push(0, bid ? 1 : 0, ts, changes.ticks(at), changes.lotsAfter(at))
      }
      if (changes.length > 0) levels.end(ts, ts)
    }
    batches.push(levels.take())
  }
  const source: Source = { ...orders, name: `${orders.name} levels`, supports: { ...orders.supports, book: 'l2' }, async *batches() { yield* batches } }
  return { source, rows: Float64Array.from(rows) }
}
