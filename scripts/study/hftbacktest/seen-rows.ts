import { batchesOf, BookTracker, Op, RowFlag, type Micros, type Source } from '@rxlob/core'

export interface SeenRows {
  /** Rows of five: 1 for a trade or 0 for a level, 1 for a buyer or bid, microseconds when it was seen, ticks, lots. */
  readonly rows: Float64Array
  /** Median of seen less happened. */
  readonly feedMicros: Micros
}

/** Levels and trades as a strategy sees them, on its clock: for an engine that has but one. */
export async function seenRows(source: Source, clockOffsetMicros: Micros): Promise<SeenRows> {
  const rows: number[] = []
  const delays: Micros[] = []
  let tracker: BookTracker | undefined
  let seen = -Infinity
  for await (const batch of batchesOf(source)) {
    tracker ??= new BookTracker(batch.instrument, batch.levels)
    for (let row = 0; row < batch.length; ) {
      seen = Math.max(seen, batch.tsLocal[row]! + clockOffsetMicros)
      delays.push(seen - batch.tsExchange[row]!)
      if (batch.op[row] === Op.trade) rows.push(1, (batch.flags[row]! & RowFlag.sell) === 0 ? 1 : 0, seen, batch.ticks[row]!, batch.lots[row]!)
      row = tracker.applyRows(batch, row)
      const { changes } = tracker
      for (let at = 0; at < changes.length; at++) rows.push(0, changes.side(at) === 1 ? 1 : 0, seen, changes.ticks(at), changes.lotsAfter(at))
    }
  }
  return { rows: Float64Array.from(rows), feedMicros: delays.sort((a, b) => a - b)[delays.length >> 1] ?? 0 }
}
