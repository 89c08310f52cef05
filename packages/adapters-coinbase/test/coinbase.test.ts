import { LobError } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { coinbase, coinbaseSpec, hostOf, readInstruments, type CoinbaseOptions } from '../src/index.js'
import { advanced, demo, exchange } from './fixtures.js'

const symbols = ['BTC-USD']
const exchangeKey = { key: 'k', passphrase: 'p', secret: 'c2VjcmV0' }

describe('addresses', () => {
  it.each([
    ['Advanced Trade', { symbols }, 'wss://advanced-trade-ws.coinbase.com', ['level2:BTC-USD']],
    ['Exchange', { symbols, feed: 'exchange', trades: true }, 'wss://ws-feed.exchange.coinbase.com', ['level2_batch:BTC-USD', 'matches:BTC-USD', 'heartbeat:BTC-USD']],
    ['orders', { symbols, feed: 'exchange', book: 'full', exchangeKey, checkQuotes: true }, 'wss://ws-feed.exchange.coinbase.com', ['full:BTC-USD', 'heartbeat:BTC-USD', 'ticker:BTC-USD']],
    ['direct', { symbols, feed: 'exchange', environment: 'direct', exchangeKey }, 'wss://ws-direct.exchange.coinbase.com', ['level2_batch:BTC-USD', 'heartbeat:BTC-USD']],
    ['sandbox', { symbols, feed: 'exchange', environment: 'sandbox' }, 'wss://ws-feed-public.sandbox.exchange.coinbase.com', ['level2_batch:BTC-USD', 'heartbeat:BTC-USD']],
    ['trades alone', { symbols, book: 'off', trades: true }, 'wss://advanced-trade-ws.coinbase.com', ['market_trades:BTC-USD']],
    ['a host of one’s own', { symbols, hosts: { streams: 'ws://127.0.0.1:9000', rest: 'http://127.0.0.1:9000' } }, 'ws://127.0.0.1:9000', ['level2:BTC-USD']],
  ] satisfies [string, CoinbaseOptions, string, string[]][])('%s', (_, options, url, names) => {
    const spec = coinbaseSpec(options)
    expect(spec.url).toBe(url)
    expect(spec.streams!.map(({ name }) => name)).toEqual(names)
  })

  it('books by REST', () => {
    expect(coinbaseSpec({ symbols }).audit!.url('BTC-USD')).toBe('https://api.coinbase.com/api/v3/brokerage/market/product_book?product_id=BTC-USD&limit=1000')
    expect(coinbaseSpec({ symbols, feed: 'exchange' }).audit!.url('BTC-USD')).toBe('https://api.exchange.coinbase.com/products/BTC-USD/book?level=2')
    expect(coinbaseSpec({ symbols, feed: 'exchange', book: 'full', exchangeKey })).toMatchObject({ inOrder: true, snapshot: expect.anything() })
    expect(coinbaseSpec({ symbols, feed: 'exchange', book: 'full', exchangeKey }).audit).toBeUndefined()
  })
})

describe('capabilities', () => {
  it.each([
    [{ symbols }, { book: 'l2', levels: Infinity, trades: false, detects: { gaps: true, staleness: true, lostTrades: false } }],
    [{ symbols, feed: 'exchange', trades: true }, { book: 'l2', trades: true, detects: { gaps: false, staleness: true, lostTrades: true } }],
    [{ symbols, feed: 'exchange', book: 'full', exchangeKey }, { book: 'l3', trades: true, detects: { gaps: true, staleness: true, lostTrades: true } }],
    [{ symbols, book: 'off', trades: true }, { book: 'none', levels: 0, detects: { gaps: false, staleness: true, lostTrades: true } }],
  ] satisfies [CoinbaseOptions, object][])('%j', (options, supports) => expect(coinbase(options).supports).toMatchObject({ timing: 'live', ...supports }))
})

describe('options that cannot be', () => {
  it.each([
    [{ symbols: [] }, /symbols/],
    [{ symbols, book: 'full' }, /advanced has level2, off, got full/],
    [{ symbols, book: 'off' }, /neither a book nor trades/],
    [{ symbols, feed: 'exchange', book: 'level2' }, /level2 needs a login; level2_batch does not/],
    [{ symbols, feed: 'exchange', book: 'full' }, /full needs a login/],
    [{ symbols, feed: 'exchange', environment: 'direct' }, /direct feed needs a login/],
    [{ symbols, environment: 'sandbox' }, /advanced has production, got sandbox/],
    [{ symbols, checkQuotes: true }, /checkQuotes/],
    [{ symbols, auditSeconds: 0 }, /auditSeconds/],
  ] satisfies [CoinbaseOptions, RegExp][])('%j', (options, message) => {
    expect(() => coinbase(options)).toThrow(LobError)
    expect(() => coinbase(options)).toThrow(message)
  })
  it('unknown feeds', () => expect(() => hostOf('pro' as never, 'production')).toThrow(/no environments/))
})

describe('metadata', () => {
  it.each([['exchange', exchange.products], ['advanced', advanced.products]] as const)('of %s', (feed, text) => {
    expect(readInstruments(JSON.parse(text), feed, ['DEMO-USD'])[0]).toMatchObject({ instrument: demo, status: 'online' })
  })
  it.each([
    ['exchange', '{"message":"NotFound"}', /list/],
    ['advanced', '[]', /JSON object/],
    ['exchange', exchange.products.replace('"0.01"', '"0"'), /step above 0/],
    ['advanced', advanced.products.replace('"SPOT"', '"FUTURE"'), /only spot/],
  ] as const)('of %s that cannot be: %s', (feed, text, message) => expect(() => readInstruments(JSON.parse(text), feed, ['DEMO-USD'])).toThrow(message))
})

it('shows nothing of its keys', () => {
  expect(JSON.stringify(coinbase({ symbols, feed: 'exchange', book: 'full', exchangeKey }))).not.toContain('c2VjcmV0')
})
