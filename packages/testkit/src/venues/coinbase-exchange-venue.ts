import { createHmac } from 'node:crypto'
import type { Lots, Micros, Side, Ticks } from '@rxlob/core'
import { fullText, isoTime, matchText, orderKey, sideWord } from './coinbase-texts.js'
import { json, type FrontEnd, type VenueLink, type VenueMessage, type VenueResponse, type VenueSession } from './front-end.js'
import type { FaultDesk } from './fault-desk.js'
import type { VenueRules } from './politeness.js'
import type { ReferenceExchange } from './reference-exchange.js'
import type { ReferenceMarket, VenueTrade } from './reference-market.js'

export interface CoinbaseExchangeVenueOptions {
  readonly reference: ReferenceExchange
  readonly faults: FaultDesk
  /** Who may log in. Default: key `synthetic-key`, passphrase `synthetic-pass`, secret `c3ludGhldGljLXNlY3JldC0wMTIzNDU2Nzg5YWJjZGVm`. */
  readonly login?: { readonly key: string; readonly passphrase: string; readonly secret: string }
  /** How long a client may take to subscribe. Default 5 s. */
  readonly subscribeMicros?: Micros
}

export interface CoinbaseExchangeVenue extends FrontEnd {
  readonly rules: VenueRules
  weightOf(url: string): number
}

const channelNames = ['level2', 'level2_batch', 'level2_50', 'full', 'matches', 'heartbeat', 'ticker', 'status'] as const
type ChannelName = (typeof channelNames)[number]
const withLogin: ReadonlySet<string> = new Set(['level2', 'full'])

/** Ten requests a second, eight messages a second. */
const rules: VenueRules = { weightPerMinute: 1200, connectsPerFiveMinutes: 300, framesPerSecond: 100, streamsPerConnection: 10_000 }
const batchMicros = 50_000
const heartbeatMicros = 1_000_000

interface Subscriber {
  readonly wants: (channel: ChannelName, symbol: string) => boolean
  send(message: VenueMessage): void
}

/** The Coinbase Exchange feed and its REST books. @see https://docs.cdp.coinbase.com/exchange/websocket-feed/overview */
export function coinbaseExchangeVenue({ reference, faults, subscribeMicros = 5_000_000, ...options }: CoinbaseExchangeVenueOptions): CoinbaseExchangeVenue {
  const { clock, markets } = reference
  const { login = { key: 'synthetic-key', passphrase: 'synthetic-pass', secret: 'c3ludGhldGljLXNlY3JldC0wMTIzNDU2Nzg5YWJjZGVm' } } = options
  const subscribers = new Set<Subscriber>()
  const stops: (() => void)[] = []
  const timers = new Map<string, () => void>()
  const batches = new Map<string, Map<string, readonly [Side, Ticks, Lots]>>()

  const tell = (channel: ChannelName, symbol: string, message: () => VenueMessage): void => {
    let made: VenueMessage | undefined
    for (const subscriber of subscribers) if (subscriber.wants(channel, symbol)) subscriber.send((made ??= message()))
  }
  const levels = (side: ReferenceMarket, book: readonly (readonly [Ticks, Lots])[]): readonly (readonly [string, string])[] => book.map(([ticks, lots]) => [side.prices.text(ticks), side.sizes.text(lots)])

  function updateText(market: ReferenceMarket, changes: Iterable<readonly [Side, Ticks, Lots]>): string {
    const rows = Array.from(changes, ([side, ticks, lots]) => [sideWord(side), market.prices.text(ticks), lots === 0 && ticks % 2 === 0 ? '0' : market.sizes.text(lots)])
    return JSON.stringify({ type: 'l2update', product_id: market.symbol, changes: rows, time: isoTime(market.stamp()) })
  }
  function flush(market: ReferenceMarket): void {
    const batch = batches.get(market.symbol)!
    if (batch.size === 0) return
    const changes = [...batch.values()]
    batch.clear()
    tell('level2_batch', market.symbol, () => ({ kind: 'book', symbol: market.symbol, text: updateText(market, changes) }))
  }

  for (const market of markets.values()) {
    const { symbol } = market
    const batch = new Map<string, readonly [Side, Ticks, Lots]>()
    batches.set(symbol, batch)
    let changes: (readonly [Side, Ticks, Lots])[] = []
    let traded: VenueTrade | undefined
    stops.push(market.listen({
      level(side, ticks, lots) {
        batch.set(`${side}${ticks}`, [side, ticks, lots])
        changes.push([side, ticks, lots])
      },
      order(message, sequence) {
        const about = { symbol, from: sequence, to: sequence }
        tell('full', symbol, () => ({ ...about, kind: 'book', text: fullText(market, message, sequence, clock.now()) }))
        if (message.type !== 'match') return
        const { trade } = message
        traded = trade
        tell('matches', symbol, () => ({ symbol, kind: 'trades', tradeId: trade.id, text: matchText('match', symbol, trade, sequence, trade.time, market.prices.text(trade.ticks), market.sizes.text(trade.lots)) }))
      },
      settled() {
        const told = changes
        changes = []
        if (told.length > 0) tell('level2', symbol, () => ({ kind: 'book', symbol, text: updateText(market, told) }))
        if (traded !== undefined) {
          const trade = traded
          tell('ticker', symbol, () => tickerOf(market, trade))
        }
        traded = undefined
      },
    }))
  }

  const tickerOf = (market: ReferenceMarket, trade: VenueTrade): VenueMessage => {
    const [bid, ask] = [market.best('bid'), market.best('ask')]
    const zero = { ticks: 0, lots: 0 }
    return {
      kind: 'quotes', symbol: market.symbol, to: market.sequence,
      text: JSON.stringify({
        type: 'ticker', sequence: market.sequence, product_id: market.symbol, price: market.prices.text(trade.ticks), best_bid: market.prices.text((bid ?? zero).ticks), best_bid_size: market.sizes.text((bid ?? zero).lots),
        best_ask: market.prices.text((ask ?? zero).ticks), best_ask_size: market.sizes.text((ask ?? zero).lots), side: sideWord(trade.maker === 'bid' ? 'ask' : 'bid'), time: isoTime(trade.time), trade_id: trade.id, last_size: market.sizes.text(trade.lots),
      }),
    }
  }

  function every(name: string, micros: Micros, run: () => void): void {
    timers.set(name, clock.after(micros, () => {
      run()
      every(name, micros, run)
    }))
  }
  every('batch', batchMicros, () => {
    for (const market of markets.values()) flush(market)
  })
  every('heartbeat', heartbeatMicros, () => {
    for (const { symbol, sequence, lastTradeId } of markets.values()) {
      tell('heartbeat', symbol, () => ({ kind: 'heartbeat', symbol, text: JSON.stringify({ type: 'heartbeat', sequence, last_trade_id: lastTradeId, product_id: symbol, time: isoTime(clock.now()) }) }))
    }
  })

  function request(url: string): VenueResponse {
    const { pathname, searchParams } = new URL(url, 'http://venue')
    if (pathname === '/time') return json(200, { iso: isoTime(clock.now()), epoch: clock.now() / 1e6 })
    if (pathname === '/products') return json(200, Array.from(markets.values(), product))
    const path = /^\/products\/([^/]+)(?:\/(book|trades))?$/.exec(decodeURIComponent(pathname))
    const market = path === null ? undefined : markets.get(path[1]!)
    if (path === null || market === undefined) return json(404, { message: 'NotFound' })
    if (path[2] === undefined) return json(200, product(market))
    if (path[2] === 'trades') return trades(market, searchParams)
    const level = Number(searchParams.get('level') ?? 1)
    const book = market.book()
    const side = (name: Side, all: readonly (readonly [Ticks, Lots])[]): unknown =>
      level === 3
        ? Array.from(market.orders(name), ({ orderId, ticks, lots }) => [market.prices.text(ticks), market.sizes.text(lots), orderKey(orderId)])
        : levels(market, level === 1 ? all.slice(0, 1) : all).map(([price, size]) => [price, size, 1])
    return json(200, { bids: side('bid', book.bids), asks: side('ask', book.asks), sequence: market.sequence, auction_mode: false, auction: null, time: isoTime(clock.now()) })
  }

  /** Newest first; `after` means older than, `before` newer than. */
  function trades(market: ReferenceMarket, query: URLSearchParams): VenueResponse {
    const limit = Math.min(1000, Number(query.get('limit') ?? 1000))
    const [before, after] = [query.get('before'), query.get('after')]
    let listed = market.trades.filter(({ id }) => (before === null || id > Number(before)) && (after === null || id < Number(after)))
    listed = before !== null && after === null ? listed.slice(0, limit) : listed.slice(-limit)
    const rows = listed.reverse().map(({ id, maker, ticks, lots, time }) => ({ trade_id: id, side: sideWord(maker), size: market.sizes.text(lots), price: market.prices.text(ticks), time: isoTime(time) }))
    return json(200, rows, rows.length === 0 ? {} : { 'cb-before': String(rows[0]!.trade_id), 'cb-after': String(rows.at(-1)!.trade_id) })
  }

  function connect(_url: string, link: VenueLink): VenueSession {
    const wanted = new Map<string, Set<string>>()
    const hurry = clock.after(subscribeMicros, () => {
      if (wanted.size === 0) link.close(1008, 'Subscribe within 5 seconds')
    })
    const subscriber: Subscriber = { wants: (channel, symbol) => wanted.get(channel)?.has(symbol) ?? false, send: (message) => link.send(message) }
    subscribers.add(subscriber)
    const say = (value: unknown): void => link.send({ kind: 'control', text: JSON.stringify(value) })
    const refuse = (reason: string): void => say({ type: 'error', message: 'Failed to subscribe', reason })

    function begin(name: ChannelName, symbol: string): void {
      const market = markets.get(symbol)!
      // What has gathered is in the snapshot to come: whoever follows already gets it now, so that nothing comes twice or late.
      flush(market)
      wanted.set(name, (wanted.get(name) ?? new Set<string>()).add(symbol))
      if (name === 'level2' || name === 'level2_batch' || name === 'level2_50') sendSnapshot(symbol)
      else if (name === 'matches' && market.trades.length > 0) {
        const trade = market.trades.at(-1)!
        link.send({ kind: 'control', symbol, text: matchText('last_match', symbol, trade, market.sequence, trade.time, market.prices.text(trade.ticks), market.sizes.text(trade.lots)) })
      }
    }
    function sendSnapshot(symbol: string): void {
      const market = markets.get(symbol)!
      const book = market.book()
      link.send({ kind: 'snapshot', symbol, text: JSON.stringify({ type: 'snapshot', product_id: symbol, bids: levels(market, book.bids), asks: levels(market, book.asks), time: isoTime(market.stamp()) }) })
    }
    function received(text: string): void {
      let asked: Record<string, unknown>
      try {
        asked = JSON.parse(text) as Record<string, unknown>
      } catch {
        say({ type: 'error', message: 'Malformed JSON' })
        return
      }
      const products = Array.isArray(asked['product_ids']) ? asked['product_ids'].map(String) : []
      const channels = (Array.isArray(asked['channels']) ? asked['channels'] : []).map((channel: unknown) =>
        typeof channel === 'string' ? { name: channel, products } : { name: String((channel as { name?: unknown }).name), products: ((channel as { product_ids?: unknown[] }).product_ids ?? products).map(String) })
      if (asked['type'] === 'unsubscribe') {
        for (const { name, products } of channels) for (const product of products) wanted.get(nowNamed(name))?.delete(product)
        confirm()
        return
      }
      if (asked['type'] !== 'subscribe') {
        say({ type: 'error', message: `Type must be subscribe or unsubscribe, got ${String(asked['type'])}` })
        return
      }
      for (const { name, products } of channels) {
        if (!(channelNames as readonly string[]).includes(name)) return refuse(`${name} is not a valid channel`)
        const unknown = products.find((product) => !markets.has(product) || faults.refuses(product))
        if (unknown !== undefined) return refuse(`${unknown} is not a valid product`)
        if (withLogin.has(name) && !loggedIn(asked)) return refuse(`${asked['signature'] === undefined ? 'level2, level3, and full channels now require authentication' : 'invalid signature'}`)
      }
      for (const { name, products } of channels) for (const product of products) begin(nowNamed(name) as ChannelName, product)
      confirm()
    }
    const confirm = (): void => say({ type: 'subscriptions', channels: [...wanted].filter(([, products]) => products.size > 0).map(([name, products]) => ({ name: name === 'level2_batch' ? 'level2_50' : name, product_ids: [...products], account_ids: null })) })

    function loggedIn(asked: Record<string, unknown>): boolean {
      const { signature, key, passphrase, timestamp } = asked
      if (key !== login.key || passphrase !== login.passphrase || Math.abs(Number(timestamp) - clock.now() / 1e6) > 30) return false
      return signature === createHmac('sha256', Buffer.from(login.secret, 'base64')).update(`${String(timestamp)}GET/users/self/verify`).digest('base64')
    }
    return {
      received,
      pinged() {},
      ponged() {},
      closed() {
        hurry()
        subscribers.delete(subscriber)
      },
      announceShutdown: () => say({ type: 'error', message: 'ErrSlowConsume' }),
      sendSnapshot(symbol) {
        for (const [each, market] of markets) {
          if ((symbol !== '' && each !== symbol) || !['level2', 'level2_batch'].some((name) => wanted.get(name)?.has(each))) continue
          flush(market)
          sendSnapshot(each)
        }
      },
    }
  }

  return {
    name: 'coinbase-exchange', rules, weightOf: (url) => (/level=3/.test(url) ? 2 : 1), request: ({ url }) => request(url), connect,
    publish() {
      for (const market of markets.values()) flush(market)
    },
    stop() {
      for (const cancel of timers.values()) cancel()
      for (const stop of stops) stop()
    },
  }
}

const nowNamed = (channel: string): string => (channel === 'level2_50' ? 'level2_batch' : channel)

const product = ({ symbol, options, halted }: ReferenceMarket): unknown => ({
  id: symbol, base_currency: options.base, quote_currency: options.quote, base_increment: options.lotSize, quote_increment: options.tickSize, display_name: symbol, status: halted ? 'offline' : 'online', trading_disabled: halted,
})
