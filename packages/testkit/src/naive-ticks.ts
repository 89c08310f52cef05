import type { BookView, Instrument, InstrumentId, LevelChanges, MarketEvent, Tick, Trade } from '@rxlob/core'
import { naiveBook, type NaiveBook } from './naive-book.js'
import { onGrid } from './on-grid.js'

/** A tick of its own: nothing in it changes when later events arrive. */
export interface NaiveTick {
  readonly tick: Tick
  /** Grows whenever states that follow the book of this instrument start again. */
  readonly bookEpoch: number
  /** Grows whenever states that follow its trades start again. */
  readonly tradesEpoch: number
}

interface Following {
  readonly book: NaiveBook
  /** The book as the last tick showed it. */
  shown: BookView | undefined
  tradesEpoch: number
  ordinal: number
  definition: string
}

const restarting = ['disconnected', 'gap', 'stale', 'dropped', 'session']

/** The rows that a stream of events gives, through the reference book, as copies that may be kept. */
export function naiveTicks(events: Iterable<MarketEvent>): NaiveTick[] {
  const followed = new Map<InstrumentId, Following>()
  const ticks: NaiveTick[] = []
  for (const event of events) {
    let state = followed.get(event.instrument)
    if (!state) followed.set(event.instrument, (state = { book: naiveBook(), shown: undefined, tradesEpoch: 0, ordinal: 0, definition: '' }))
    const { book } = state
    book.apply(event)
    state.ordinal++
    if (event.kind === 'instrument') {
      const definition = JSON.stringify([event.definition, String(event.levels)])
      if (definition !== state.definition) state.tradesEpoch++
      state.definition = definition
    } else if (event.kind === 'status') {
      if (event.channel !== 'book' && restarting.includes(event.status)) state.tradesEpoch++
    } else {
      const tick = tickOf(event, state)
      state.shown = tick.book
      ticks.push({ tick, bookEpoch: book.epoch, tradesEpoch: state.tradesEpoch })
    }
  }
  return ticks
}

function tickOf(event: Exclude<MarketEvent, { kind: 'instrument' | 'status' }>, { book, ordinal, shown: before }: Following): Tick {
  const shown = copyOfBook(book)
  return {
    kind: event.kind,
    ordinal,
    instrument: book.instrument!,
    tsExchange: event.tsExchange,
    tsLocal: event.tsLocal,
    book: shown,
    changes: copyOfChanges(event, book, before === undefined ? 0 : firstMoved(before, shown)),
    ...tradeOf(event, book.instrument!),
    orderLotsAhead: book.orderLotsAhead,
  }
}

function tradeOf(event: MarketEvent, { tickSize, lotSize }: Instrument): Pick<Tick, 'tradeTicks' | 'tradeLots' | 'tradeSize' | 'tradePrint'> {
  const isFill = event.kind === 'order' && event.action === 'fill'
  if (event.kind !== 'trade' && !isFill) return { tradeTicks: NaN, tradeLots: 0, tradeSize: 0, tradePrint: undefined }
  const aggressor: Trade['aggressor'] = event.kind === 'trade' ? event.aggressor : event.side === 'bid' ? 'sell' : 'buy'
  const tradeSize = onGrid(event.size, lotSize)
  return {
    tradeTicks: onGrid(event.price, tickSize),
    tradeLots: aggressor === 'buy' ? tradeSize : aggressor === 'sell' ? -tradeSize : NaN,
    tradeSize,
    tradePrint: event.kind === 'trade' ? event.print : 'regular',
  }
}

function copyOfBook(book: NaiveBook): BookView {
  const { tickSize, lotSize, synced, crossed, bidDepth, askDepth, bidKnownDepth, askKnownDepth } = book
  const bids = book.levels('bid')
  const asks = book.levels('ask')
  return {
    tickSize, lotSize, synced, crossed, bidDepth, askDepth, bidKnownDepth, askKnownDepth,
    bidTicks: (level) => bids[level]?.[0] ?? NaN,
    askTicks: (level) => asks[level]?.[0] ?? NaN,
    bidLots: (level) => (level < bidKnownDepth ? (bids[level]?.[1] ?? 0) : NaN),
    askLots: (level) => (level < askKnownDepth ? (asks[level]?.[1] ?? 0) : NaN),
  }
}

/** The first level that is not the same in both books, Infinity where all are. */
function firstMoved(before: BookView, after: BookView): number {
  const deepest = Math.max(before.bidDepth, before.askDepth, after.bidDepth, after.askDepth)
  for (let level = 0; level <= deepest; level++) {
    for (const read of ['bidTicks', 'bidLots', 'askTicks', 'askLots'] as const) if (!Object.is(before[read](level), after[read](level))) return level
  }
  return Infinity
}

function copyOfChanges({ kind }: MarketEvent, { changes }: NaiveBook, moved: number): LevelChanges {
  return {
    length: changes.length,
    // A snapshot replaces the whole book, the levels that it does not name included.
    shallowest: kind === 'snapshot' ? 0 : changes.reduce((least, { depth }) => Math.min(least, depth), moved),
    side: (row) => changes[row]!.side,
    ticks: (row) => changes[row]!.ticks,
    lotsBefore: (row) => changes[row]!.lotsBefore,
    lotsAfter: (row) => changes[row]!.lotsAfter,
    cause: (row) => changes[row]!.cause,
  }
}
