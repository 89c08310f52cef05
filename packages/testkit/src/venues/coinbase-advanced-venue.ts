import type { Lots, Micros, Side, Ticks } from '@rxlob/core'
import { isoTime } from './coinbase-texts.js'
import { json, type FrontEnd, type VenueLink, type VenueMessage, type VenueResponse, type VenueSession } from './front-end.js'
import type { FaultDesk } from './fault-desk.js'
import type { VenueRules } from './politeness.js'
import type { ReferenceExchange } from './reference-exchange.js'
import type { ReferenceMarket, VenueTrade } from './reference-market.js'

export interface CoinbaseAdvancedVenueOptions {
  readonly reference: ReferenceExchange
  readonly faults: FaultDesk
  /** How long a client may take to subscribe. Default 5 s. */
  readonly subscribeMicros?: Micros
  /** A connection without messages is closed after this. Default 75 s. */
  readonly idleMicros?: Micros
}

export interface CoinbaseAdvancedVenue extends FrontEnd {
  readonly rules: VenueRules
  weightOf(url: string): number
}

const rules: VenueRules = { weightPerMinute: 1200, connectsPerFiveMinutes: 300, framesPerSecond: 8, streamsPerConnection: 10_000 }
const tradesMicros = 250_000
const heartbeatMicros = 1_000_000

type Event = Record<string, unknown>

interface Subscriber {
  /** The name under which the client asked for the product, if it did. */
  wants(channel: string, symbol: string): boolean
  send(channel: string, events: readonly Event[], about: Omit<VenueMessage, 'text'>): void
}

/** Coinbase Advanced Trade market data: one counter a connection, over all channels. @see https://docs.cdp.coinbase.com/advanced-trade/docs/ws-overview */
export function coinbaseAdvancedVenue({ reference, faults, subscribeMicros = 5_000_000, idleMicros = 75_000_000 }: CoinbaseAdvancedVenueOptions): CoinbaseAdvancedVenue {
  const { clock, markets } = reference
  const subscribers = new Set<Subscriber>()
  const timers = new Map<string, () => void>()
  const stops: (() => void)[] = []
  const gathered = new Map<string, VenueTrade[]>()
  let beats = 3000

  const tradeOf = ({ symbol, prices, sizes }: ReferenceMarket, { id, ticks, lots, maker, time }: VenueTrade): Event =>
    ({ trade_id: String(id), product_id: symbol, price: prices.text(ticks), size: sizes.text(lots), side: maker === 'bid' ? 'BUY' : 'SELL', time: isoTime(time) })
  const update = ({ prices, sizes }: ReferenceMarket, side: Side, ticks: Ticks, lots: Lots, time: string): Event =>
    ({ side: side === 'bid' ? 'bid' : 'offer', event_time: time, price_level: prices.text(ticks), new_quantity: lots === 0 && ticks % 2 === 0 ? '0' : sizes.text(lots) })

  for (const market of markets.values()) {
    const { symbol } = market
    const trades: VenueTrade[] = []
    gathered.set(symbol, trades)
    let changes: (readonly [Side, Ticks, Lots])[] = []
    stops.push(market.listen({
      level: (side, ticks, lots) => void changes.push([side, ticks, lots]),
      trade: (trade) => void trades.push(trade),
      settled() {
        const told = changes
        changes = []
        if (told.length === 0) return
        const time = isoTime(market.stamp())
        let updates: Event[] | undefined
        for (const subscriber of subscribers) {
          if (!subscriber.wants('level2', symbol)) continue
          updates ??= told.map(([side, ticks, lots]) => update(market, side, ticks, lots, time))
          subscriber.send('l2_data', [{ type: 'update', product_id: symbol, updates }], { kind: 'book', symbol })
        }
      },
    }))
  }

  function every(name: string, micros: Micros, run: () => void): void {
    timers.set(name, clock.after(micros, () => {
      run()
      every(name, micros, run)
    }))
  }
  every('trades', tradesMicros, tellTrades)
  function tellTrades(): void {
    for (const market of markets.values()) {
      const trades = gathered.get(market.symbol)!
      // Hidden trades vanish before anything is numbered: no counter shows them.
      const told = trades.filter(({ id }) => faults.meet({ kind: 'trades', symbol: market.symbol, tradeId: id, text: '' }) === undefined)
      trades.length = 0
      if (told.length === 0) continue
      const events = [{ type: 'update', trades: told.reverse().map((trade) => tradeOf(market, trade)) }]
      for (const subscriber of subscribers) if (subscriber.wants('market_trades', market.symbol)) subscriber.send('market_trades', events, { kind: 'control', symbol: market.symbol })
    }
  }
  every('heartbeats', heartbeatMicros, () => {
    beats++
    const time = new Date(Math.floor(clock.now() / 1000)).toISOString().replace('T', ' ').replace('Z', '000000 +0000 UTC m=+91717.525857105')
    for (const subscriber of subscribers) if (subscriber.wants('heartbeats', '')) subscriber.send('heartbeats', [{ current_time: time, heartbeat_counter: beats }], { kind: 'heartbeat' })
  })

  function request(url: string): VenueResponse {
    const { pathname, searchParams } = new URL(url, 'http://venue')
    const path = pathname.replace('/api/v3/brokerage', '')
    if (path === '/time') return json(200, { iso: isoTime(clock.now()), epochSeconds: String(Math.floor(clock.now() / 1e6)) })
    if (path === '/market/products') return json(200, { products: Array.from(markets.values(), product), num_products: markets.size })
    if (path === '/market/product_book') {
      const market = markets.get(searchParams.get('product_id') ?? '')
      if (market === undefined) return json(404, { error: 'NOT_FOUND' })
      const book = market.book()
      const limit = Number(searchParams.get('limit') ?? 1000)
      const side = (levels: readonly (readonly [Ticks, Lots])[]): unknown => levels.slice(0, limit).map(([ticks, lots]) => ({ price: market.prices.text(ticks), size: market.sizes.text(lots) }))
      return json(200, { pricebook: { product_id: market.symbol, bids: side(book.bids), asks: side(book.asks), time: isoTime(clock.now()) } })
    }
    const ticker = /^\/market\/products\/([^/]+)\/ticker$/.exec(path)
    const market = markets.get(decodeURIComponent(ticker?.[1] ?? ''))
    if (market === undefined) return json(404, { error: 'NOT_FOUND' })
    const limit = Number(searchParams.get('limit') ?? 100)
    const [from, to] = [Number(searchParams.get('start') ?? 0) * 1e6, Number(searchParams.get('end') ?? Infinity) * 1e6]
    const listed = market.trades.filter(({ time }) => time >= from && time < to).slice(-limit).reverse()
    return json(200, { trades: listed.map((trade) => tradeOf(market, trade)), best_bid: market.prices.text(market.best('bid')?.ticks ?? 0), best_ask: market.prices.text(market.best('ask')?.ticks ?? 0) })
  }

  function connect(_url: string, link: VenueLink): VenueSession {
    const wanted = new Map<string, Set<string>>()
    let number = 0
    let idle = clock.after(subscribeMicros, () => link.close(1008, 'Subscribe within 5 seconds'))
    const subscriber: Subscriber = {
      wants: (channel, symbol) => wanted.get(channel)?.has(symbol) ?? false,
      send(channel, events, about) {
        idle()
        idle = clock.after(idleMicros, () => link.close(1000, 'Idle'))
        const at = number++
        link.send({ ...about, from: at, to: at, text: JSON.stringify({ channel, client_id: '', timestamp: isoTime(clock.now()), sequence_num: at, events }) })
      },
    }
    subscribers.add(subscriber)
    const refuse = (message: string): void => link.send({ kind: 'control', text: JSON.stringify({ type: 'error', message }) })

    function sendSnapshot(symbol: string): void {
      const market = markets.get(symbol)!
      const book = market.book()
      const never = '1970-01-01T00:00:00Z'
      const updates = [...book.bids.map(([ticks, lots]) => update(market, 'bid', ticks, lots, never)), ...book.asks.map(([ticks, lots]) => update(market, 'ask', ticks, lots, never))]
      const at = number++
      link.send({ kind: 'snapshot', symbol, from: at, to: at, text: JSON.stringify({ channel: 'l2_data', client_id: '', timestamp: isoTime(market.stamp()), sequence_num: at, events: [{ type: 'snapshot', product_id: symbol, updates }] }) })
    }
    function begin(channel: string, symbol: string): void {
      wanted.set(channel, (wanted.get(channel) ?? new Set()).add(symbol))
      if (channel === 'level2') sendSnapshot(symbol)
      else if (channel === 'market_trades') {
        const market = markets.get(symbol)!
        const recent = market.trades.slice(-50).reverse()
        subscriber.send('market_trades', [{ type: 'snapshot', trades: recent.map((trade) => tradeOf(market, trade)) }], { kind: 'control', symbol })
      }
    }
    const confirm = (): void =>
      subscriber.send('subscriptions', [{ subscriptions: Object.fromEntries([...wanted].filter(([, products]) => products.size > 0).map(([name, products]) => [name, [...products].filter((product) => product !== '')])) }], { kind: 'control' })

    return {
      received(text) {
        let asked: Record<string, unknown>
        try {
          asked = JSON.parse(text) as Record<string, unknown>
        } catch {
          refuse('Malformed JSON')
          return
        }
        const channel = String(asked['channel'])
        // USDC products are those of USD by another name, and answered under that.
        const named = (Array.isArray(asked['product_ids']) ? asked['product_ids'].map(String) : []).map((name) => (markets.has(name) ? name : name.replace(/-USDC$/, '-USD')))
        if (asked['type'] === 'unsubscribe') for (const product of named) wanted.get(channel)?.delete(product)
        else if (asked['type'] !== 'subscribe' || !['level2', 'market_trades', 'heartbeats', 'ticker'].includes(channel)) {
          refuse(`Unknown channel ${channel}`)
          return
        } else if (channel === 'heartbeats') wanted.set('heartbeats', new Set(['']))
        else {
          const unknown = named.find((product) => !markets.has(product) || faults.refuses(product))
          if (unknown !== undefined) {
            refuse(`${unknown} is not a valid product`)
            return
          }
          for (const product of named) begin(channel, product)
        }
        confirm()
      },
      pinged() {},
      ponged() {},
      closed() {
        idle()
        subscribers.delete(subscriber)
      },
      sendSnapshot(symbol) {
        for (const each of wanted.get('level2') ?? []) if (symbol === '' || each === symbol) sendSnapshot(each)
      },
      skipNumber() {
        number++
      },
    }
  }

  return {
    name: 'coinbase-advanced', rules, weightOf: () => 1, request: ({ url }) => request(url), connect, publish: tellTrades,
    stop() {
      for (const cancel of timers.values()) cancel()
      for (const stop of stops) stop()
    },
  }
}

const product = ({ symbol, options, halted }: ReferenceMarket): unknown => ({
  product_id: symbol, product_type: 'SPOT', base_currency_id: options.base, quote_currency_id: options.quote, price_increment: options.tickSize, base_increment: options.lotSize, quote_increment: options.tickSize,
  status: halted ? 'offline' : 'online', trading_disabled: halted, alias: '', alias_to: [],
})
