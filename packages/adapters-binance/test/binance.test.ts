import { LobError } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { binance, binanceSpec, captureInstrument, hostOf, knownCaptureSymbols, type BinanceDepth, type BinanceOptions } from '../src/index.js'

const urlsOf = (options: BinanceOptions): string[] => {
  const { url, streams = [] } = binanceSpec(options)
  const routes = [...new Set(streams.map(({ route }) => route))]
  return routes.map((route) => (url as (list: typeof streams) => string)(streams.filter((stream) => stream.route === route)))
}

describe('addresses', () => {
  it.each([
    ['spot', { symbols: ['BTCUSDT'], trades: true }, ['wss://stream.binance.com:9443/stream?streams=btcusdt@depth@100ms/btcusdt@trade&timeUnit=MICROSECOND']],
    ['two symbols, no trades', { symbols: ['BTCUSDT', 'ETHUSDT'], depth: '1000ms' }, ['wss://stream.binance.com:9443/stream?streams=btcusdt@depth/ethusdt@depth&timeUnit=MICROSECOND']],
    ['market data alone', { symbols: ['BTCUSDT'], environment: 'data' }, ['wss://data-stream.binance.vision/stream?streams=btcusdt@depth@100ms&timeUnit=MICROSECOND']],
    ['testnet', { symbols: ['BTCUSDT'], environment: 'testnet' }, ['wss://stream.testnet.binance.vision/stream?streams=btcusdt@depth@100ms&timeUnit=MICROSECOND']],
    ['futures: books and aggregates answer on different paths', { symbols: ['BTCUSDT'], market: 'usdm', trades: true, checkQuotes: true },
      ['wss://fstream.binance.com/public/stream?streams=btcusdt@depth@100ms/btcusdt@bookTicker', 'wss://fstream.binance.com/market/stream?streams=btcusdt@aggTrade']],
    ['coin-margined', { symbols: ['BTCUSD_PERP'], market: 'coinm', trades: 'trade' }, ['wss://dstream.binance.com/stream?streams=btcusd_perp@depth@100ms/btcusd_perp@trade']],
    ['binance.us', { symbols: ['BTCUSD'], market: 'us' }, ['wss://stream.binance.us:9443/stream?streams=btcusd@depth@100ms']],
    ['best levels', { symbols: ['BTCUSDT'], depth: 'top20@100ms' }, ['wss://stream.binance.com:9443/stream?streams=btcusdt@depth20@100ms&timeUnit=MICROSECOND']],
    ['best level', { symbols: ['BTCUSDT'], depth: 'best' }, ['wss://stream.binance.com:9443/stream?streams=btcusdt@bookTicker&timeUnit=MICROSECOND']],
    ['a symbol that is not ASCII', { symbols: ['币安USDT'] }, ['wss://stream.binance.com:9443/stream?streams=%E5%B8%81%E5%AE%89usdt@depth@100ms&timeUnit=MICROSECOND']],
    ['hosts of one’s own', { symbols: ['BTCUSDT'], timeUnit: 'ms', hosts: { streams: 'ws://127.0.0.1:9000', rest: 'http://127.0.0.1:9000' } }, ['ws://127.0.0.1:9000/stream?streams=btcusdt@depth@100ms']],
  ] satisfies [string, BinanceOptions, string[]][])('%s', (_, options, urls) => expect(urlsOf(options)).toEqual(urls))

  it.each([
    ['spot', { symbols: ['BTCUSDT'] }, 'https://api.binance.com/api/v3/depth?symbol=BTCUSDT&limit=5000', 250],
    ['spot, fewer levels', { symbols: ['BTCUSDT'], snapshotLevels: 1000 }, 'https://api.binance.com/api/v3/depth?symbol=BTCUSDT&limit=1000', 50],
    ['USD-M', { symbols: ['BTCUSDT'], market: 'usdm' }, 'https://fapi.binance.com/fapi/v1/depth?symbol=BTCUSDT&limit=1000', 20],
    ['COIN-M', { symbols: ['BTCUSD_PERP'], market: 'coinm' }, 'https://dapi.binance.com/dapi/v1/depth?symbol=BTCUSD_PERP&limit=1000', 20],
  ] satisfies [string, BinanceOptions, string, number][])('snapshot of %s', (_, options, url, weight) => {
    const { snapshot } = binanceSpec(options)
    expect(snapshot!.url(options.symbols[0]!)).toBe(url)
    expect(snapshot!.weight).toBe(weight)
  })

  it('metadata: of the symbols asked for, never following a redirect', async () => {
    const asked: [string, RequestInit | undefined][] = []
    const fetch = (async (url: string, init?: RequestInit) => {
      asked.push([url, init])
      return new Response('{"symbols":[]}')
    }) as typeof globalThis.fetch
    await expect(binanceSpec({ symbols: ['BTCUSDT'] }).instruments(['BTCUSDT'], { fetch } as never)).rejects.toThrow(/lists no BTCUSDT/)
    expect(asked).toEqual([['https://api.binance.com/api/v3/exchangeInfo?symbols=%5B%22BTCUSDT%22%5D', { redirect: 'error' }]])
    const refused = (async () => new Response('no', { status: 503 })) as unknown as typeof globalThis.fetch
    await expect(binanceSpec({ symbols: ['BTCUSDT'] }).instruments(['BTCUSDT'], { fetch: refused } as never)).rejects.toMatchObject({ code: 'LOB_CONNECTION' })
  })
})

describe('capabilities', () => {
  it.each([
    [{ symbols: ['X'] }, { book: 'l2', levels: 5000, trades: false, detects: { gaps: true, staleness: true, lostTrades: false } }],
    [{ symbols: ['X'], market: 'usdm', trades: true }, { book: 'l2', levels: 1000, trades: true, detects: { gaps: true, staleness: true, lostTrades: true } }],
    [{ symbols: ['X'], depth: 'top10' }, { book: 'l2', levels: 10, detects: { gaps: false, staleness: true, lostTrades: false } }],
    [{ symbols: ['X'], depth: 'best' }, { book: 'l1', levels: 1 }],
    [{ symbols: ['X'], depth: 'off', trades: true }, { book: 'none', levels: 0, trades: true }],
  ] satisfies [BinanceOptions, object][])('%j', (options, supports) => expect(binance(options).supports).toMatchObject({ timing: 'live', ...supports }))
})

describe('options that cannot be', () => {
  it.each([
    [{ symbols: [] }, /symbols/],
    [{ symbols: ['X'], depth: 'top7' as BinanceDepth }, /depth/],
    [{ symbols: ['X'], market: 'us', environment: 'testnet' }, /us has production, got testnet/],
  ] satisfies [BinanceOptions, RegExp][])('%j', (options, message) => {
    expect(() => binance(options)).toThrow(LobError)
    expect(() => binance(options)).toThrow(message)
  })
})

describe('the table of capture grids', () => {
  it('knows instruments of every market', () => {
    for (const market of ['spot', 'us', 'usdm', 'coinm'] as const) {
      expect(knownCaptureSymbols(market).length).toBeGreaterThanOrEqual(10)
      for (const symbol of knownCaptureSymbols(market)) expect(captureInstrument(market, symbol)).toMatchObject({ venue: hostOf(market, 'production').venue, symbol })
    }
    expect(captureInstrument('coinm', 'ETHUSD_210625')).toMatchObject({ kind: 'future', settle: 'ETH', contract: 'inverse', multiplier: 10 })
  })
  it('says what to do where it does not', () => expect(() => captureInstrument('spot', 'NOPE')).toThrow(/give its tick and lot size/))
})
