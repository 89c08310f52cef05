import { LobError } from '@rxlob/core'

/** `advanced`: Advanced Trade; `exchange`: the Exchange feed. Both show the same books. */
export type CoinbaseFeed = 'advanced' | 'exchange'

/** `direct` is the Exchange's faster feed; it wants a login for everything. */
export type CoinbaseEnvironment = 'production' | 'direct' | 'sandbox'

/** Where a feed lives. Reviewed 2026-11. */
export interface CoinbaseHost {
  readonly streams: string
  readonly rest: string
}

const exchangeRest = 'https://api.exchange.coinbase.com'
const sandboxRest = 'https://api-public.sandbox.exchange.coinbase.com'

/** @see https://docs.cdp.coinbase.com/exchange/websocket-feed/overview and https://docs.cdp.coinbase.com/advanced-trade/docs/ws-overview */
const hosts: Readonly<Record<CoinbaseFeed, Partial<Record<CoinbaseEnvironment, CoinbaseHost>>>> = {
  exchange: {
    production: { streams: 'wss://ws-feed.exchange.coinbase.com', rest: exchangeRest },
    direct: { streams: 'wss://ws-direct.exchange.coinbase.com', rest: exchangeRest },
    sandbox: { streams: 'wss://ws-feed-public.sandbox.exchange.coinbase.com', rest: sandboxRest },
  },
  advanced: { production: { streams: 'wss://advanced-trade-ws.coinbase.com', rest: 'https://api.coinbase.com' } },
}

/** @throws {LobError} LOB_BAD_OPTION where the feed has no such environment. */
export function hostOf(feed: CoinbaseFeed, environment: CoinbaseEnvironment): CoinbaseHost {
  const host = hosts[feed]?.[environment]
  if (host !== undefined) return host
  const known = Object.keys(hosts[feed] ?? {}).join(', ')
  throw new LobError('LOB_BAD_OPTION', `Option environment: ${feed} has ${known === '' ? 'no environments' : known}, got ${environment}.`)
}

const marketPath = '/api/v3/brokerage/market'

/** Metadata of every product. */
export const productsUrl = (feed: CoinbaseFeed, { rest }: CoinbaseHost): string => (feed === 'exchange' ? `${rest}/products` : `${rest}${marketPath}/products`)

/** Trades of a hole, newest first: on the Exchange those before an id, on Advanced Trade the last ones alone. */
export function tradesUrl(feed: CoinbaseFeed, { rest }: CoinbaseHost, symbol: string, { fromSeq, toSeq }: { readonly fromSeq: number; readonly toSeq: number }): string {
  const product = encodeURIComponent(symbol)
  if (feed === 'advanced') return `${rest}${marketPath}/products/${product}/ticker?limit=1000`
  const last = Math.min(toSeq, fromSeq + 999)
  return `${rest}/products/${product}/trades?after=${last + 1}&limit=${last - fromSeq + 1}`
}

/** The whole book: by order (3) to begin an order book, by level (2) to audit one. Advanced Trade has levels alone, without a number. */
export function bookUrl(feed: CoinbaseFeed, { rest }: CoinbaseHost, symbol: string, level: 2 | 3): string {
  const product = encodeURIComponent(symbol)
  return feed === 'exchange' ? `${rest}/products/${product}/book?level=${level}` : `${rest}${marketPath}/product_book?product_id=${product}&limit=1000`
}
