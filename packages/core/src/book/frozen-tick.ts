import type { Lots, Ticks } from '../units.js'
import type { BookTracker } from './book-tracker.js'
import type { BookView } from './book-view.js'
import type { ChangeCause, LevelChanges, Tick } from './tick.js'

interface Change {
  readonly side: 1 | -1
  readonly ticks: Ticks
  readonly lotsBefore: Lots
  readonly lotsAfter: Lots
  readonly cause: ChangeCause
}

/** A tick that may be kept, with what tells where states start again. */
export interface FrozenTick extends Tick {
  /** Grows whenever states that follow the book start again. */
  readonly bookEpoch: number
  /** Grows whenever states that follow trades start again. */
  readonly tradesEpoch: number
}

/** A copy of a tracker's tick and of the first `depth` levels of each side; levels beyond them read as unknown. */
export function frozenTick(tracker: BookTracker, depth: number): FrozenTick {
  return {
    bookEpoch: tracker.bookEpoch,
    tradesEpoch: tracker.tradesEpoch,
    kind: tracker.kind,
    ordinal: tracker.ordinal,
    instrument: tracker.instrument,
    tsExchange: tracker.tsExchange,
    tsLocal: tracker.tsLocal,
    book: frozenBook(tracker.book, depth),
    changes: frozenChanges(tracker.changes),
    tradeTicks: tracker.tradeTicks,
    tradeLots: tracker.tradeLots,
    tradeSize: tracker.tradeSize,
    tradePrint: tracker.tradePrint,
    orderLotsAhead: tracker.orderLotsAhead,
  }
}

function frozenBook(book: BookView, depth: number): BookView {
  const bidTicks: number[] = []
  const bidLots: number[] = []
  const askTicks: number[] = []
  const askLots: number[] = []
  for (let level = 0; level < depth; level++) {
    bidTicks.push(book.bidTicks(level))
    bidLots.push(book.bidLots(level))
    askTicks.push(book.askTicks(level))
    askLots.push(book.askLots(level))
  }
  return {
    tickSize: book.tickSize,
    lotSize: book.lotSize,
    synced: book.synced,
    crossed: book.crossed,
    bidDepth: book.bidDepth,
    askDepth: book.askDepth,
    bidKnownDepth: Math.min(depth, book.bidKnownDepth),
    askKnownDepth: Math.min(depth, book.askKnownDepth),
    bidTicks: (level) => bidTicks[level] ?? NaN,
    askTicks: (level) => askTicks[level] ?? NaN,
    bidLots: (level) => bidLots[level] ?? NaN,
    askLots: (level) => askLots[level] ?? NaN,
  }
}

function frozenChanges(changes: LevelChanges): LevelChanges {
  const rows: Change[] = []
  for (let row = 0; row < changes.length; row++) {
    rows.push({
      side: changes.side(row),
      ticks: changes.ticks(row),
      lotsBefore: changes.lotsBefore(row),
      lotsAfter: changes.lotsAfter(row),
      cause: changes.cause(row),
    })
  }
  return {
    length: rows.length,
    shallowest: changes.shallowest,
    side: (row) => rows[row]!.side,
    ticks: (row) => rows[row]!.ticks,
    lotsBefore: (row) => rows[row]!.lotsBefore,
    lotsAfter: (row) => rows[row]!.lotsAfter,
    cause: (row) => rows[row]!.cause,
  }
}
