import { decimalGrid, type BookDelta, type BookSnapshot, type BookTracker, type EventHeader, type PriceLevel } from '@rxlob/core'

/**
 * A tracker's book as events: a snapshot of its known levels and, where more may lie beyond them, a scroll that says so
 * (a snapshot of fewer levels than the source can show would else claim the whole side).
 */
export function bookSnapshot({ instrument, book, tsExchange, tsLocal }: BookTracker, seq: number | undefined): readonly (BookSnapshot | BookDelta)[] {
  const prices = decimalGrid(instrument.tickSize)
  const sizes = decimalGrid(instrument.lotSize)
  const side = (depth: number, ticks: (level: number) => number, lots: (level: number) => number): PriceLevel[] =>
    Array.from({ length: depth }, (_, level) => [prices.toDecimal(ticks(level)), sizes.toDecimal(lots(level))])
  const header: EventHeader = { instrument: instrument.id, tsExchange, tsLocal, ...(seq !== undefined && { seq }) }
  const bids = side(Math.min(book.bidDepth, book.bidKnownDepth), (level) => book.bidTicks(level), (level) => book.bidLots(level))
  const asks = side(Math.min(book.askDepth, book.askKnownDepth), (level) => book.askTicks(level), (level) => book.askLots(level))
  const snapshot: BookSnapshot = { kind: 'snapshot', ...header, bids, asks }
  const beyond = (levels: number, known: number, ticks: number): PriceLevel[] => (known === Infinity || levels === 0 ? [] : [[prices.toDecimal(ticks), 0]])
  const unknownBids = beyond(bids.length, book.bidKnownDepth, book.bidTicks(bids.length - 1) - 1)
  const unknownAsks = beyond(asks.length, book.askKnownDepth, book.askTicks(asks.length - 1) + 1)
  return unknownBids.length + unknownAsks.length === 0 ? [snapshot] : [snapshot, { kind: 'delta', ...header, bids: unknownBids, asks: unknownAsks, cause: 'scroll' }]
}
