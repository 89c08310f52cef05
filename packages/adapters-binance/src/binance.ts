import { LobError, type Instrument, type InstrumentId, type SourceCapabilities } from '@rxlob/core'
import { decimalOf, defineLiveSource, type Address, type Control, type LiveSource, type LiveSourceSpec, type MissingRange, type Outside, type Quote, type Stream } from '@rxlob/feed'
import { depthScanner } from './depth-scanner.js'
import { readInstruments, type ListedInstrument } from './instruments.js'
import { readMessage, readSnapshot, readSnapshotInParts, type BinanceMessage } from './messages.js'
import { binanceNormalizer } from './normalizer.js'
import { readTrades } from './read-trades.js'
import { futuresSequencer, partialSequencer, spotSequencer, tradeSequencer } from './sequencer.js'
import { scanSnapshot } from './snapshot-scanner.js'
import { hostOf, instrumentsUrl, routeOf, snapshotUrl, streamUrl, tradesUrl, type BinanceEnvironment, type BinanceHost, type BinanceMarket } from './urls.js'

export interface BinanceOptions {
  /** The venue's own spelling, upper-case: `BTCUSDT`, `BTCUSD_PERP`. */
  readonly symbols: readonly string[]
  /** Default `spot`. */
  readonly market?: BinanceMarket
  /** Default `production`. */
  readonly environment?: BinanceEnvironment
  /**
   * The book. A speed alone (`100ms`) is every level, kept from a snapshot and checked differences; `top5@100ms` is the best 5, 10 or
   * 20 levels, whole in each message; `best` the best level at every change; `off` none. Default `100ms`.
   */
  readonly depth?: BinanceDepth
  /** Default false. `true` is `trade` (every trade; `aggTrade` on USD-M, where single trades are undocumented). */
  readonly trades?: boolean | 'trade' | 'aggTrade'
  /** Compare the book with the best prices that the venue sends apart, wherever both have the same update id. Default false. */
  readonly checkQuotes?: boolean
  /** Unit of the streams' times. Default `us` on spot, which alone can; `ms` elsewhere. */
  readonly timeUnit?: 'ms' | 'us'
  /** Hosts of your own (a venue server, a proxy) in place of the environment's. */
  readonly hosts?: { readonly streams: string; readonly rest: string }
  /** Levels a side of each snapshot; fewer cost less request weight. Default: all the venue gives (spot 5000, futures and US 1000). */
  readonly snapshotLevels?: number
}

export type BinanceSpeed = '0ms' | '100ms' | '250ms' | '500ms' | '1000ms'
export type BinanceDepth = 'off' | 'best' | BinanceSpeed | `top${5 | 10 | 20}` | `top${5 | 10 | 20}@${BinanceSpeed}`

/**
 * Binance as a live source: every book message is checked against the one before it, books are built from snapshots within half of the
 * request weight, and what goes wrong is told in-band, per symbol.
 *
 * @throws {LobError} LOB_BAD_OPTION where the options cannot be; through the stream where the venue lists no such symbol.
 * @example
 * binance({ symbols: ['BTCUSDT'], trades: true }).events().subscribe(console.log)
 */
export function binance(options: BinanceOptions, outside: Outside = {}): LiveSource<BinanceMessage> {
  return defineLiveSource(binanceSpec(options), outside)
}

/** What Binance is like, for `defineLiveSource`, `replay` and the capture readers. */
export function binanceSpec(options: BinanceOptions): LiveSourceSpec<BinanceMessage> {
  const { symbols, market = 'spot', environment = 'production', depth = '100ms', trades = false, checkQuotes = false } = options
  if (symbols.length === 0) throw new LobError('LOB_BAD_OPTION', 'Option symbols: expected at least one symbol such as BTCUSDT, got none.')
  const known = hostOf(market, environment)
  const host: BinanceHost = {
    ...known,
    ...options.hosts,
    ...(options.snapshotLevels !== undefined && { snapshotLevels: options.snapshotLevels, snapshotWeight: weightOf(market, options.snapshotLevels) }),
  }
  const futures = market === 'usdm' || market === 'coinm'
  const { timeUnit = market === 'spot' ? 'us' : 'ms' } = options
  const book = bookOf(depth)
  const levels = book.kind === 'diff' ? host.snapshotLevels : book.levels
  const trade = trades === true ? (market === 'usdm' ? 'aggTrade' : 'trade') : trades
  const aggregate = trade === 'aggTrade'

  return {
    name: host.venue,
    symbols,
    supports: capabilitiesOf(book.kind, levels, trades !== false, checkQuotes),
    streams: symbols.flatMap((symbol) => streamsOfSymbol(symbol)),
    url: (streams) => streamUrl(host, streams, timeUnit === 'us'),
    instruments: async (wanted, { fetch }) => (await listed(wanted, fetch)).map(({ instrument }) => instrument),
    halted: async (wanted, { fetch }) => (await listed(wanted, fetch)).filter(({ status }) => status !== 'TRADING').map(({ instrument }) => instrument.symbol),
    decode: readMessage,
    control: controlOf,
    address,
    normalizer: () => binanceNormalizer({ venue: host.venue, timeUnit }),
    ...(book.kind === 'diff' && { scanner: (instruments: readonly Instrument[]) => depthScanner(instruments, timeUnit) }),
    sequencer(_instrument, channel) {
      if (channel === 'trades') return tradeSequencer()
      return book.kind !== 'diff' ? partialSequencer() : futures ? futuresSequencer() : spotSequencer()
    },
    quote: quoteOf,
    ...(book.kind === 'diff' && {
      snapshot: { url: (symbol: string) => snapshotUrl(host, symbol), decode: (body: Uint8Array, symbol: string) => scanSnapshot(body, symbol) ?? readSnapshot(body, symbol), decodeInParts: readSnapshotInParts, weight: host.snapshotWeight },
    }),
    ...(trade !== false && {
      refill: {
        url: (symbol: string, missing: Required<MissingRange>) => tradesUrl(host, symbol, aggregate, missing),
        decode: (body: Uint8Array, symbol: string) => readTrades(body, { symbol, aggregate, timeUnit }),
        weight: refillWeight(futures, aggregate),
      },
    }),
    limits: {
      weightPerMinute: host.weightPerMinute,
      metadataWeight: futures ? 1 : 20,
      controlPerSecond: host.controlPerSecond,
      streamsPerConnection: host.streamsPerConnection,
    },
  }

  async function listed(wanted: readonly string[], fetch: typeof globalThis.fetch): Promise<readonly ListedInstrument[]> {
    const url = instrumentsUrl(host, wanted)
    const response = await fetch(url, { redirect: 'error' })
    if (!response.ok) throw new LobError('LOB_CONNECTION', `${url} answered ${response.status}.`, { stream: host.venue })
    return readInstruments(await response.json(), market, host.venue, wanted)
  }

  function streamsOfSymbol(symbol: string): Stream[] {
    const stream = (type: string, channel: Stream['channel']): Stream => {
      const route = routeOf(host, type)
      return { name: `${symbol.toLowerCase()}@${type}`, symbol, channel, ...(route !== '' && { route }) }
    }
    return [
      ...(book.stream === undefined ? [] : [stream(book.stream, 'book')]),
      ...(trade === false ? [] : [stream(trade, 'trades')]),
      ...(checkQuotes && book.kind === 'diff' ? [stream('bookTicker', 'quotes')] : []),
    ]
  }

  function address(raw: BinanceMessage): Address | undefined {
    if (!('symbol' in raw)) return undefined
    const instrument = `${host.venue}:${raw.symbol}` as InstrumentId
    const channel = raw.type === 'trade' ? 'trades' : raw.type === 'ticker' && book.kind !== 'best' ? 'quotes' : 'book'
    return { instrument, channel, ...('stream' in raw && raw.stream !== undefined && { stream: raw.stream }) }
  }
}

type Book = { readonly kind: 'none' | 'diff' | 'top' | 'best'; readonly levels: number; readonly stream: string | undefined }

function bookOf(depth: BinanceDepth): Book {
  if (depth === 'off') return { kind: 'none', levels: 0, stream: undefined }
  if (depth === 'best') return { kind: 'best', levels: 1, stream: 'bookTicker' }
  const top = /^top(5|10|20)(?:@(\d+ms))?$/.exec(depth)
  if (top !== null) return { kind: 'top', levels: Number(top[1]), stream: `depth${top[1]}${speedSuffix(top[2])}` }
  if (/^\d+ms$/.test(depth)) return { kind: 'diff', levels: Infinity, stream: `depth${speedSuffix(depth)}` }
  throw new LobError('LOB_BAD_OPTION', `Option depth: expected off, best, a speed such as 100ms, or top5, top10, top20 with or without one (top20@100ms), got ${String(depth)}.`)
}

/** The slowest speed is the stream's name without a suffix. */
const speedSuffix = (speed: string | undefined): string => (speed === undefined || speed === '1000ms' || speed === '250ms' ? '' : `@${speed}`)

/** Request weight of a snapshot. @see https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md "Order book" */
function weightOf(market: BinanceMarket, levels: number): number {
  if (market === 'usdm' || market === 'coinm') return levels <= 50 ? 2 : levels <= 100 ? 5 : levels <= 500 ? 10 : 20
  return levels <= 100 ? 5 : levels <= 500 ? 25 : levels <= 1000 ? 50 : 250
}

/** Request weight of an answer of trades. @see https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md */
const refillWeight = (futures: boolean, aggregate: boolean): number => (futures ? (aggregate ? 20 : 5) : aggregate ? 4 : 25)

function capabilitiesOf(kind: Book['kind'], levels: number, trades: boolean, quotes: boolean): SourceCapabilities {
  return {
    timing: 'live',
    book: kind === 'none' ? 'none' : kind === 'best' ? 'l1' : 'l2',
    levels,
    trades,
    detects: { gaps: kind === 'diff', staleness: kind !== 'none' || trades || quotes, lostTrades: trades },
  }
}

function controlOf(raw: BinanceMessage): Control | undefined {
  if (raw.type === 'shutdown') return { kind: 'shutdown' }
  if (raw.type === 'other') return { kind: 'other' }
  if (raw.type !== 'reply') return undefined
  const id = raw.id === undefined ? {} : { id: raw.id }
  return raw.error === undefined ? { kind: 'subscribed', ...id } : { kind: 'refused', ...id, reason: raw.error }
}

function quoteOf(raw: BinanceMessage): Quote | undefined {
  if (raw.type !== 'ticker') return undefined
  return { seq: raw.u, bid: decimalOf(raw.b), bidSize: decimalOf(raw.B), ask: decimalOf(raw.a), askSize: decimalOf(raw.A) }
}

