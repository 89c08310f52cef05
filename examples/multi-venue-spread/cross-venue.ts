import type { InstrumentId, Tick } from '@rxlob/core'

/** The market over all venues, in quote units. */
export interface CrossVenue {
  /** Between the best bid of any venue and the best ask of any. */
  readonly mid: number
  /** Best ask less best bid; below 0 where one venue bids more than another asks. */
  readonly spread: number
  /** Sizes at each venue's own best prices, summed: (bids - asks) / (bids + asks). */
  readonly imbalance: number
  readonly bidVenue: InstrumentId
  readonly askVenue: InstrumentId
}

/** Undefined until every venue has a valid book with both sides: a half-known market has no mid. Cost: O(venues). */
export function crossVenue(ticks: Iterable<Pick<Tick, 'book' | 'instrument'>>): CrossVenue | undefined {
  let [bid, ask, bids, asks] = [-Infinity, Infinity, 0, 0]
  let [bidVenue, askVenue]: InstrumentId[] = [':', ':']
  for (const { book, instrument } of ticks) {
    const ownBid = book.bidTicks(0) * book.tickSize
    const ownAsk = book.askTicks(0) * book.tickSize
    if (!book.synced || Number.isNaN(ownBid) || Number.isNaN(ownAsk)) return undefined
    if (ownBid > bid) [bid, bidVenue] = [ownBid, instrument.id]
    if (ownAsk < ask) [ask, askVenue] = [ownAsk, instrument.id]
    bids += book.bidLots(0) * book.lotSize
    asks += book.askLots(0) * book.lotSize
  }
  return bid === -Infinity ? undefined : { mid: (bid + ask) / 2, spread: ask - bid, imbalance: (bids - asks) / (bids + asks), bidVenue: bidVenue!, askVenue: askVenue! }
}
