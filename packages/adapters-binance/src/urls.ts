import { LobError } from '@rxlob/core'
import type { Stream } from '@rxlob/feed'

/** `spot`, `usdm` (USD-margined futures), `coinm` (coin-margined futures), `us` (binance.us, spot). */
export type BinanceMarket = 'spot' | 'usdm' | 'coinm' | 'us'

/** Where a market lives and what it allows. Reviewed 2026-11. */
export interface BinanceHost {
  /** Prefix of instrument ids. */
  readonly venue: string
  readonly streams: string
  readonly rest: string
  /** Path of the REST version, before `/depth` and `/exchangeInfo`. */
  readonly restPath: string
  /** Futures answer on one path a class of streams; asked on the wrong one, a stream is accepted and stays silent. */
  readonly routed: boolean
  /** Levels a side of the deepest snapshot, and its request weight. */
  readonly snapshotLevels: number
  readonly snapshotWeight: number
  readonly weightPerMinute: number
  /** Frames a second from us, pongs included, one below what the venue allows. */
  readonly controlPerSecond: number
  readonly streamsPerConnection: number
}

/** The environments of a market. `data` has market data alone, without login or trading. */
export type BinanceEnvironment = 'production' | 'data' | 'testnet' | 'demo'

const spot: BinanceHost = {
  venue: 'binance',
  streams: 'wss://stream.binance.com:9443',
  rest: 'https://api.binance.com',
  restPath: '/api/v3',
  routed: false,
  snapshotLevels: 5000,
  snapshotWeight: 250,
  weightPerMinute: 6000,
  controlPerSecond: 4,
  streamsPerConnection: 1024,
}

const usdm: BinanceHost = {
  venue: 'binance-usdm',
  streams: 'wss://fstream.binance.com',
  rest: 'https://fapi.binance.com',
  restPath: '/fapi/v1',
  routed: true,
  snapshotLevels: 1000,
  snapshotWeight: 20,
  weightPerMinute: 2400,
  controlPerSecond: 8,
  streamsPerConnection: 200,
}

const coinm: BinanceHost = {
  ...usdm,
  venue: 'binance-coinm',
  streams: 'wss://dstream.binance.com',
  rest: 'https://dapi.binance.com',
  restPath: '/dapi/v1',
  routed: false,
}

const us: BinanceHost = {
  ...spot,
  venue: 'binance-us',
  streams: 'wss://stream.binance.us:9443',
  rest: 'https://api.binance.us',
  snapshotLevels: 1000,
  snapshotWeight: 50,
  weightPerMinute: 1200,
}

/**
 * Hosts by market and environment. Endpoints that are not listed are not there.
 *
 * @see https://github.com/binance/binance-spot-api-docs (web-socket-streams, market_data_only, testnet, demo-mode)
 */
const hosts: Readonly<Record<BinanceMarket, Partial<Record<BinanceEnvironment, BinanceHost>>>> = {
  spot: {
    production: spot,
    data: { ...spot, streams: 'wss://data-stream.binance.vision', rest: 'https://data-api.binance.vision' },
    testnet: { ...spot, streams: 'wss://stream.testnet.binance.vision', rest: 'https://testnet.binance.vision' },
    demo: { ...spot, streams: 'wss://demo-stream.binance.com', rest: 'https://demo-api.binance.com' },
  },
  usdm: {
    production: usdm,
    testnet: { ...usdm, streams: 'wss://fstream.binancefuture.com', rest: 'https://testnet.binancefuture.com', routed: false },
    demo: { ...usdm, streams: 'wss://demo-fstream.binance.com', rest: 'https://demo-fapi.binance.com' },
  },
  coinm: { production: coinm },
  us: { production: us },
}

/** @throws {LobError} LOB_BAD_OPTION where the market has no such environment. */
export function hostOf(market: BinanceMarket, environment: BinanceEnvironment): BinanceHost {
  const host = hosts[market]?.[environment]
  if (host !== undefined) return host
  const known = Object.keys(hosts[market] ?? {}).join(', ')
  throw new LobError('LOB_BAD_OPTION', `Option environment: ${market} has ${known === '' ? 'no environments' : known}, got ${environment}.`)
}

/** Class of a futures stream: which path of the host answers it. */
export function routeOf(host: BinanceHost, streamType: string): string {
  if (!host.routed) return ''
  return /^(depth|bookTicker|trade|rpiDepth)/.test(streamType) ? '/public' : '/market'
}

/** One connection for all these streams, in combined mode: payloads that name no symbol are told apart by their wrapper. */
export function streamUrl(host: BinanceHost, streams: readonly Stream[], microseconds: boolean): string {
  const names = streams.map(({ name }) => encodeURIComponent(name).replaceAll('%40', '@')).join('/')
  return `${host.streams}${streams[0]?.route ?? ''}/stream?streams=${names}${microseconds ? '&timeUnit=MICROSECOND' : ''}`
}

export const snapshotUrl = (host: BinanceHost, symbol: string): string =>
  `${host.rest}${host.restPath}/depth?symbol=${encodeURIComponent(symbol)}&limit=${host.snapshotLevels}`

/** Trades of a hole: aggregates by their first id; single trades only as the last thousand. */
export const tradesUrl = (host: BinanceHost, symbol: string, aggregate: boolean, { fromSeq, toSeq }: { readonly fromSeq: number; readonly toSeq: number }): string =>
  `${host.rest}${host.restPath}/${aggregate ? `aggTrades?fromId=${fromSeq}&limit=${Math.min(1000, toSeq - fromSeq + 1)}` : 'trades?limit=1000'}&symbol=${encodeURIComponent(symbol)}`

export const instrumentsUrl = (host: BinanceHost, symbols: readonly string[]): string => {
  const filter = host.restPath.startsWith('/api/') ? `?symbols=${encodeURIComponent(JSON.stringify(symbols))}` : ''
  return `${host.rest}${host.restPath}/exchangeInfo${filter}`
}
