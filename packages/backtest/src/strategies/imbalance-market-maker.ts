import { integerOption, numberOption, type BookView, type InstrumentId, type Lots, type OrderPort, type Strategy, type Ticks } from '@rxlob/core'

export interface ImbalanceMarketMakerOptions {
  /** Of each quote, 1 or more. */
  readonly lots: Lots
  /** No quote is sent that could take the position beyond it, 1 or more. */
  readonly maxPositionLots: Lots
  /** Ticks from fair value to each quote, before it is moved back behind the touch, 0 to 1000. Default 0.5. */
  readonly halfSpreadTicks?: number
  /** Ticks that a full position shifts both quotes by, against it, 0 to 1000. Default 2. */
  readonly skewTicks?: number
  /** Share of the half spread by which fair value leaves the mid at full imbalance of the best sizes, 0 to 1. Default 1: the weighted mid. */
  readonly imbalanceWeight?: number
}

interface Quote {
  orderId: number
  ticks: Ticks
}

interface Quotes {
  readonly bid: Quote
  readonly ask: Quote
  /** What has happened since the last look may have changed what we want. */
  touched: boolean
  lastBid: Ticks
  lastAsk: Ticks
  lastImbalance: number
}

/**
 * Quotes one order a side around a fair value that leans to the heavier side of the book and away from the position held.
 *
 *   fair = mid + weight * spread / 2 * (bid lots - ask lots) / (bid lots + ask lots)
 *   reservation = fair - skew * position / max position        (Avellaneda-Stoikov's shift, linear in inventory)
 *   bid = min(floor(reservation - half spread), best bid)      ask = max(ceil(reservation + half spread), best ask)
 *
 * Quotes are post-only and are moved when they are wrong, not before.
 *
 * @throws {LobError} LOB_BAD_OPTION where a number is out of range.
 * @see Avellaneda and Stoikov (2008), High-frequency trading in a limit order book, Quantitative Finance 8(3)
 */
export function imbalanceMarketMaker(options: ImbalanceMarketMakerOptions): Strategy<Map<InstrumentId, Quotes>> {
  const lots = integerOption('lots', options.lots, 1)
  const most = integerOption('maxPositionLots', options.maxPositionLots, 1)
  const half = numberOption('halfSpreadTicks', options.halfSpreadTicks ?? 0.5, 0, 1000)
  const skew = numberOption('skewTicks', options.skewTicks ?? 2, 0, 1000)
  const weight = numberOption('imbalanceWeight', options.imbalanceWeight ?? 1, 0, 1)

  const quote = (side: 'buy' | 'sell', held: Quote, wanted: Ticks, instrument: InstrumentId, orders: OrderPort): void => {
    if (Object.is(held.ticks, wanted)) return
    if (held.orderId !== 0) orders.cancel(held.orderId)
    held.ticks = wanted
    held.orderId = Number.isNaN(wanted) ? 0 : orders.place({ instrument, side, type: 'post-only', lots, ticks: wanted })
  }

  return {
    name: 'imbalance_market_maker',
    init: () => new Map(),
    onTick: (state, { book, instrument: { id } }, orders) => {
      const quotes = state.get(id) ?? freshQuotes()
      state.set(id, quotes)
      if (!book.synced || book.crossed) return
      const imbalance = imbalanceOf(book)
      const bid = book.bidTicks(0)
      const ask = book.askTicks(0)
      if (!quotes.touched && bid === quotes.lastBid && ask === quotes.lastAsk && imbalance === quotes.lastImbalance) return
      Object.assign(quotes, { touched: false, lastBid: bid, lastAsk: ask, lastImbalance: imbalance })
      const position = orders.position(id)
      const reservation = (bid + ask) / 2 + (weight * (ask - bid) * imbalance) / 2 - (skew * position) / most
      quote('buy', quotes.bid, position + lots > most ? NaN : Math.min(Math.floor(reservation - half), bid), id, orders)
      quote('sell', quotes.ask, position - lots < -most ? NaN : Math.max(Math.ceil(reservation + half), ask), id, orders)
    },
    onOrder: (state, { orderId, status }) => {
      for (const quotes of state.values()) {
        for (const held of [quotes.bid, quotes.ask]) {
          if (held.orderId !== orderId) continue
          quotes.touched = true
          if (status === 'filled' || status === 'rejected' || status === 'expired') Object.assign(held, { orderId: 0, ticks: NaN })
        }
      }
    },
  }
}

const freshQuotes = (): Quotes => ({ bid: { orderId: 0, ticks: NaN }, ask: { orderId: 0, ticks: NaN }, touched: true, lastBid: NaN, lastAsk: NaN, lastImbalance: NaN })

/** -1 to 1; NaN where a side is empty. */
const imbalanceOf = (book: BookView): number => (book.bidLots(0) - book.askLots(0)) / (book.bidLots(0) + book.askLots(0))
