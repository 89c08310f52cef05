import { LobError, type InstrumentId, type SourceCapabilities } from '@rxlob/core'
import { decimalOf, defineLiveSource, type Address, type LiveSource, type LiveSourceSpec, type MissingRange, type Outside, type Quote, type Stream } from '@rxlob/feed'
import { advancedSigner } from './advanced-signer.js'
import { controlOf } from './control.js'
import type { AdvancedKey, ExchangeKey, Signer } from './credentials.js'
import { exchangeSigner } from './exchange-signer.js'
import { readInstruments, venue, type ListedInstrument } from './instruments.js'
import { readMessage, readMessageInParts, type CoinbaseMessage } from './messages.js'
import { coinbaseNormalizer } from './normalizer.js'
import { orderNormalizer } from './order-normalizer.js'
import { readAdvancedBook, readAdvancedBookInParts, readAdvancedTrades } from './read-advanced.js'
import { readExchangeBook, readExchangeBookInParts, readExchangeTrades } from './read-exchange.js'
import { envelopeSequencer, orderSequencer, tradeSequencer } from './sequencer.js'
import { subscriptions } from './subscriptions.js'
import { bookUrl, hostOf, productsUrl, tradesUrl, type CoinbaseEnvironment, type CoinbaseFeed, type CoinbaseHost } from './urls.js'

export interface CoinbaseOptions {
  /** The venue's own spelling: `BTC-USD`. */
  readonly symbols: readonly string[]
  /** `advanced` (Advanced Trade) numbers every message and needs no login; `exchange` has orders. Default `advanced`. */
  readonly feed?: CoinbaseFeed
  /** Default `production`. */
  readonly environment?: CoinbaseEnvironment
  /**
   * The book. `level2` is every level at every change; `level2_batch` (Exchange, no login) every 50 ms; `full` (Exchange) every order,
   * with trades as fills; `off` none. Default `level2` on Advanced Trade, `level2_batch` on the Exchange.
   */
  readonly book?: 'level2' | 'level2_batch' | 'full' | 'off'
  /** Default false; `full` has them in any case. */
  readonly trades?: boolean
  /** `full`: compare the book with the best prices that the venue sends with trades, at the same message number. Default false. */
  readonly checkQuotes?: boolean
  /** Needed for the Exchange's `level2`, `full` and direct feed. Kept inside, never logged. */
  readonly exchangeKey?: ExchangeKey
  /** Advanced Trade: market data needs none, but limits are wider with one. Kept inside, never logged. */
  readonly advancedKey?: AdvancedKey
  /** Mean time between two comparisons of a level book with the REST interface, seconds. Default 300 on the Exchange, 1800 on Advanced Trade. */
  readonly auditSeconds?: number
  /** Hosts of your own (a venue server, a proxy) in place of the environment's. */
  readonly hosts?: CoinbaseHost
}

/**
 * Coinbase as a live source: level books or orders, checked by every number that the venue gives and against its REST books where it
 * gives none. What goes wrong is told in-band, per symbol.
 *
 * @throws {LobError} LOB_BAD_OPTION where the options cannot be; through the stream LOB_AUTH where a login fails (it is not tried again)
 *   and LOB_BAD_OPTION where the venue lists no such symbol.
 * @example
 * coinbase({ symbols: ['BTC-USD'], trades: true }).events().subscribe(console.log)
 */
export function coinbase(options: CoinbaseOptions, outside: Outside = {}): LiveSource<CoinbaseMessage> {
  return defineLiveSource(coinbaseSpec(options), outside)
}

/** What Coinbase is like, for `defineLiveSource`, `replay` and the capture readers. */
export function coinbaseSpec(options: CoinbaseOptions): LiveSourceSpec<CoinbaseMessage> {
  const { symbols, feed = 'advanced', environment = 'production', trades = false, checkQuotes = false } = options
  const book = options.book ?? (feed === 'exchange' ? 'level2_batch' : 'level2')
  const auditSeconds = options.auditSeconds ?? (feed === 'exchange' ? 300 : 1800)
  check(options, feed, environment, book, auditSeconds)
  const host = options.hosts ?? hostOf(feed, environment)
  const signer = signerOf(options, feed)
  const wanted = new Set(symbols)
  const withOrders = book === 'full'
  const levelBook = book === 'level2' || book === 'level2_batch'
  const streams = symbols.flatMap(streamsOfSymbol)
  const instrumentOf = (product: string): InstrumentId => `${venue}:${symbolOf(product)}`

  return {
    name: venue,
    symbols,
    supports: capabilitiesOf(feed, book, trades),
    streams,
    url: host.streams,
    instruments: async (names, { fetch }) => (await listed(names, fetch)).map(({ instrument }) => instrument),
    halted: async (names, { fetch }) => (await listed(names, fetch)).filter(({ status }) => status !== 'online').map(({ instrument }) => instrument.symbol),
    ...subscriptions(feed, signer),
    // Advanced Trade takes all products of a channel in one request.
    refusesTogether: feed === 'advanced',
    decode: (frame) => readMessage(feed, frame),
    decodeInParts: (frame) => readMessageInParts(feed, frame),
    parts: (raw) => (raw.type === 'envelope' ? raw.parts : [raw]),
    control: (raw) => controlOf(raw, streams),
    address,
    normalizer: () => (withOrders ? orderNormalizer(instrumentOf) : coinbaseNormalizer(instrumentOf)),
    inOrder: withOrders,
    sequencer: (_, channel) => (channel === 'trades' ? tradeSequencer() : withOrders ? orderSequencer() : undefined),
    ...(feed === 'advanced' && { connectionSequencer: envelopeSequencer }),
    quote: quoteOf,
    ...(withOrders && { snapshot: { url: (symbol: string) => bookUrl(feed, host, symbol, 3), decode: readExchangeBook, decodeInParts: readExchangeBookInParts, weight: 2 } }),
    ...(levelBook && {
      audit: {
        url: (symbol: string) => bookUrl(feed, host, symbol, 2),
        decode: feed === 'exchange' ? readExchangeBook : readAdvancedBook,
        decodeInParts: feed === 'exchange' ? readExchangeBookInParts : readAdvancedBookInParts,
        headers: { 'cache-control': 'no-cache' },
        everyMicros: auditSeconds * 1_000_000,
      },
    }),
    ...(trades && !withOrders && {
      refill: {
        url: (symbol: string, missing: Required<MissingRange>) => tradesUrl(feed, host, symbol, missing),
        decode: feed === 'exchange' ? readExchangeTrades : readAdvancedTrades,
      },
    }),
    // Ten REST requests and eight messages a second and address; the venue names no age at which it closes.
    limits: { weightPerMinute: 600, weightWindowMicros: 1_000_000, metadataWeight: 1, controlPerSecond: 6, streamsPerConnection: 60, lifetimeMicros: Infinity },
  }

  async function listed(names: readonly string[], fetch: typeof globalThis.fetch): Promise<readonly ListedInstrument[]> {
    const url = productsUrl(feed, host)
    const response = await fetch(url, { redirect: 'error' })
    if (!response.ok) throw new LobError('LOB_CONNECTION', `${url} answered ${response.status}.`, { stream: venue })
    return readInstruments(await response.json(), feed, names)
  }

  function streamsOfSymbol(symbol: string): Stream[] {
    const stream = (name: string, channel: Stream['channel'], quietMicros?: number): Stream => ({ name: `${name}:${symbol}`, symbol, channel, ...(quietMicros !== undefined && { quietMicros }) })
    const ownTrades = trades && !withOrders
    return [
      ...(book === 'off' ? [] : [stream(book, 'book')]),
      ...(ownTrades ? [stream(feed === 'exchange' ? 'matches' : 'market_trades', 'trades')] : []),
      // One a second: the only proof that no trade is missing at the end.
      ...(feed === 'exchange' ? [stream('heartbeat', ownTrades ? 'trades' : 'quotes', 10_000_000)] : []),
      ...(checkQuotes ? [stream('ticker', 'quotes')] : []),
    ]
  }

  /** The venue answers for `BTC-USDC` as `BTC-USD`. */
  function symbolOf(product: string): string {
    return !wanted.has(product) && product.endsWith('-USD') && wanted.has(`${product}C`) ? `${product}C` : product
  }

  function address(raw: CoinbaseMessage): Address | undefined {
    if (!('product' in raw)) return undefined
    const symbol = symbolOf(raw.product)
    const to = (channel: Address['channel'], stream: string): Address => ({ instrument: `${venue}:${symbol}`, channel, stream: `${stream}:${symbol}` })
    if (raw.type === 'ticker') return to('quotes', 'ticker')
    if (raw.type === 'heartbeat') return to(withOrders ? 'book' : trades ? 'trades' : 'quotes', 'heartbeat')
    const ofTrades = raw.type === 'odd' ? raw.channel === 'trades' : raw.type === 'match'
    return ofTrades && !withOrders ? to('trades', feed === 'exchange' ? 'matches' : 'market_trades') : to('book', book)
  }
}

function check({ symbols, checkQuotes, exchangeKey, trades }: CoinbaseOptions, feed: CoinbaseFeed, environment: CoinbaseEnvironment, book: string, auditSeconds: number): void {
  const bad = (message: string): LobError => new LobError('LOB_BAD_OPTION', message)
  if (symbols.length === 0) throw bad('Option symbols: expected at least one symbol such as BTC-USD, got none.')
  const books = feed === 'exchange' ? ['level2_batch', 'level2', 'full', 'off'] : ['level2', 'off']
  if (!books.includes(book)) throw bad(`Option book: ${feed} has ${books.join(', ')}, got ${book}.`)
  if (book === 'off' && !trades) throw bad('Option book: neither a book nor trades is asked for.')
  if (checkQuotes && book !== 'full') throw bad('Option checkQuotes: only full has message numbers to compare best prices by.')
  const login = environment === 'direct' || book === 'full' || (feed === 'exchange' && book === 'level2')
  if (login && exchangeKey === undefined) throw bad(`Option exchangeKey: ${book === 'full' || book === 'level2' ? book : 'the direct feed'} needs a login; level2_batch does not.`)
  if (!(auditSeconds > 0)) throw bad(`Option auditSeconds: expected seconds above 0, got ${auditSeconds}.`)
}

function signerOf({ exchangeKey, advancedKey }: CoinbaseOptions, feed: CoinbaseFeed): Signer {
  if (feed === 'exchange') return exchangeKey === undefined ? () => ({}) : exchangeSigner(exchangeKey)
  return advancedKey === undefined ? () => ({}) : advancedSigner(advancedKey)
}

function capabilitiesOf(feed: CoinbaseFeed, book: string, trades: boolean): SourceCapabilities {
  const orders = book === 'full'
  return {
    timing: 'live',
    book: book === 'off' ? 'none' : orders ? 'l3' : 'l2',
    levels: book === 'off' ? 0 : Infinity,
    trades: trades || orders,
    detects: { gaps: book !== 'off' && (orders || feed === 'advanced'), staleness: true, lostTrades: trades || orders },
  }
}

function quoteOf(raw: CoinbaseMessage): Quote | undefined {
  if (raw.type !== 'ticker' || raw.bidSize === undefined || raw.askSize === undefined) return undefined
  return { seq: raw.sequence, bid: decimalOf(raw.bid), bidSize: decimalOf(raw.bidSize), ask: decimalOf(raw.ask), askSize: decimalOf(raw.askSize) }
}
