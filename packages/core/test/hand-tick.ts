import type { BookView, ChangeCause, EventKind, Instrument, LevelChanges, Tick, Trade } from '../src/kernel.js'

export type HandLevel = readonly [ticks: number, lots: number]
export type HandChange = readonly [side: 1 | -1, ticks: number, lotsBefore: number, lotsAfter: number, cause: ChangeCause]

export interface HandTickSpec {
  readonly bids?: readonly HandLevel[]
  readonly asks?: readonly HandLevel[]
  readonly bidKnownDepth?: number
  readonly askKnownDepth?: number
  readonly synced?: boolean
  readonly kind?: EventKind
  /** Both clocks. Default 0. */
  readonly at?: number
  readonly changes?: readonly HandChange[]
  readonly trade?: { readonly ticks?: number; readonly lots: number; readonly size?: number; readonly print?: Trade['print'] }
  readonly instrument?: Instrument
  /** Default NaN. */
  readonly orderLotsAhead?: number
}

export const handInstrument: Instrument = Object.freeze({
  id: 'hand:ABC',
  venue: 'hand',
  symbol: 'ABC',
  kind: 'equity',
  base: 'ABC',
  quote: 'USD',
  settle: 'USD',
  contract: 'linear',
  tickSize: 1,
  lotSize: 1,
  multiplier: 1,
} as const)

/** A tick from its levels, best first, written by hand: frozen all the way down, so a feature that writes to it throws. */
export function handTick(spec: HandTickSpec): Tick {
  const { bids = [], asks = [], kind = 'delta', at = 0, trade, instrument = handInstrument } = spec
  return Object.freeze({
    kind: trade && kind === 'delta' ? 'trade' : kind,
    // Nobody saw the one before: a feature must look at every level.
    ordinal: NaN,
    instrument,
    tsExchange: at,
    tsLocal: at,
    book: handBook(spec, bids, asks, instrument),
    changes: handChanges(spec.changes ?? []),
    tradeTicks: trade ? (trade.ticks ?? NaN) : NaN,
    tradeLots: trade ? trade.lots : 0,
    tradeSize: trade ? (trade.size ?? Math.abs(trade.lots)) : 0,
    tradePrint: trade ? (trade.print ?? 'regular') : undefined,
    orderLotsAhead: spec.orderLotsAhead ?? NaN,
  })
}

function handBook(spec: HandTickSpec, bids: readonly HandLevel[], asks: readonly HandLevel[], instrument: Instrument): BookView {
  const { synced = true, bidKnownDepth = Infinity, askKnownDepth = Infinity } = spec
  const ticks = (levels: readonly HandLevel[], known: number) => (level: number) =>
    synced && level < known ? (levels[level]?.[0] ?? NaN) : NaN
  const lots = (levels: readonly HandLevel[], known: number) => (level: number) =>
    synced && level < known ? (levels[level]?.[1] ?? 0) : NaN
  return Object.freeze({
    tickSize: instrument.tickSize,
    lotSize: instrument.lotSize,
    synced,
    crossed: bids.length > 0 && asks.length > 0 && bids[0]![0] >= asks[0]![0],
    bidDepth: synced ? bids.length : 0,
    askDepth: synced ? asks.length : 0,
    bidKnownDepth: synced ? bidKnownDepth : 0,
    askKnownDepth: synced ? askKnownDepth : 0,
    bidTicks: ticks(bids, bidKnownDepth),
    askTicks: ticks(asks, askKnownDepth),
    bidLots: lots(bids, bidKnownDepth),
    askLots: lots(asks, askKnownDepth),
  })
}

const handChanges = (rows: readonly HandChange[]): LevelChanges =>
  Object.freeze({
    length: rows.length,
    shallowest: rows.length === 0 ? Infinity : 0,
    side: (row: number) => rows[row]![0],
    ticks: (row: number) => rows[row]![1],
    lotsBefore: (row: number) => rows[row]![2],
    lotsAfter: (row: number) => rows[row]![3],
    cause: (row: number) => rows[row]![4],
  })

/** Ticks from rows of best prices and sizes, as quant texts print them. */
export const quoteTicks = (rows: readonly (readonly [bid: number, bidLots: number, ask: number, askLots: number])[]): Tick[] =>
  rows.map(([bid, bidLots, ask, askLots], row) => handTick({ bids: [[bid, bidLots]], asks: [[ask, askLots]], at: row }))

/** The book of vector A5: mid 100, three levels a side, in ticks of 0.1. */
export const a5: Tick = handTick({ bids: [[999, 10], [998, 20], [996, 30]], asks: [[1001, 5], [1002, 25], [1005, 10]], instrument: { ...handInstrument, tickSize: 0.1 } })

/** One tick a mid, a millisecond apart: a bid and an ask one tick to either side. */
export const midTicksOf = (mids: readonly number[]): Tick[] => mids.map((mid, row) => handTick({ bids: [[mid - 1, 5]], asks: [[mid + 1, 5]], at: row * 1000 }))
