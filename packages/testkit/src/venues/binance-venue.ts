import type { Micros } from '@rxlob/core'
import { binanceStreams, type BinanceStreams, type BinanceSubscriber } from './binance-streams.js'
import { binanceTexts, exchangeInfo, wireTime } from './binance-texts.js'
import { json, type FrontEnd, type VenueLink, type VenueResponse, type VenueSession } from './front-end.js'
import type { VenueRules } from './politeness.js'
import type { ReferenceExchange } from './reference-exchange.js'
import type { VenueTrade } from './reference-market.js'

export interface BinanceVenueOptions {
  readonly reference: ReferenceExchange
  /** Default `spot`. */
  readonly market?: 'spot' | 'usdm'
  /** Default: spot 20 s, futures 3 min. */
  readonly pingMicros?: Micros
  /** A connection without a matching pong for this long is closed. Default: spot 1 min, futures 10 min. */
  readonly pongMicros?: Micros
  /** Default 24 h. */
  readonly lifetimeMicros?: Micros
}

/** Binance, spot or USD-M futures, in front of a reference exchange. */
export interface BinanceVenue extends FrontEnd {
  readonly rules: VenueRules
  readonly streams: BinanceStreams
  /** Request weight of a REST call. */
  weightOf(url: string): number
}

const spotRules: VenueRules = { weightPerMinute: 6000, connectsPerFiveMinutes: 300, framesPerSecond: 5, streamsPerConnection: 1024 }
const futuresRules: VenueRules = { weightPerMinute: 2400, connectsPerFiveMinutes: 300, framesPerSecond: 10, streamsPerConnection: 200 }

/** Futures streams by the path that answers them; on another they are accepted and stay silent. */
const classOf = (stream: string): '/public' | '/market' => (/@(depth|bookTicker|trade)/.test(stream) ? '/public' : '/market')

/** @see https://github.com/binance/binance-spot-api-docs (web-socket-streams, rest-api) for everything below */
export function binanceVenue({ reference, market: kind = 'spot', ...options }: BinanceVenueOptions): BinanceVenue {
  const { clock, markets } = reference
  const futures = kind === 'usdm'
  const rules = futures ? futuresRules : spotRules
  const { pingMicros = futures ? 180_000_000 : 20_000_000, pongMicros = futures ? 600_000_000 : 60_000_000, lifetimeMicros = 86_400_000_000 } = options
  const streams = binanceStreams(reference, futures)
  const rest = futures ? '/fapi/v1' : '/api/v3'

  function weightOf(url: string): number {
    const { pathname, searchParams } = new URL(url, 'http://venue')
    const limit = Number(searchParams.get('limit') ?? 100)
    if (pathname.endsWith('/depth')) {
      if (futures) return limit <= 50 ? 2 : limit <= 100 ? 5 : limit <= 500 ? 10 : 20
      return limit <= 100 ? 5 : limit <= 500 ? 25 : limit <= 1000 ? 50 : 250
    }
    if (pathname.endsWith('/exchangeInfo')) return futures ? 1 : 20
    if (pathname.endsWith('Trades')) return futures ? 20 : pathname.endsWith('/aggTrades') ? 4 : 25
    if (pathname.endsWith('/trades')) return futures ? 5 : 25
    return 1
  }

  function request(url: string): VenueResponse {
    const { pathname, searchParams } = new URL(url, 'http://venue')
    if (!pathname.startsWith(`${rest}/`)) return json(404, { code: -1, msg: `No such path ${pathname}` })
    const path = pathname.slice(rest.length + 1)
    const now = clock.now()
    if (path === 'ping') return json(200, {})
    if (path === 'time') return json(200, { serverTime: wireTime(now, 'ms') })
    if (path === 'exchangeInfo') {
      const wanted = searchParams.has('symbols') ? (JSON.parse(searchParams.get('symbols')!) as string[]) : searchParams.has('symbol') ? [searchParams.get('symbol')!] : [...markets.keys()]
      if (wanted.some((symbol) => !markets.has(symbol))) return badSymbol
      return json(200, exchangeInfo(wanted.map((symbol) => markets.get(symbol)!), futures, rules.weightPerMinute, now))
    }
    const market = markets.get(searchParams.get('symbol') ?? '')
    if (market === undefined) return badSymbol
    const texts = binanceTexts(market, futures)
    const limit = Number(searchParams.get('limit') ?? (path === 'depth' ? 100 : 500))
    if (path === 'depth') {
      const book = market.book()
      const levels = Math.min(limit, futures ? 1000 : 5000)
      const at = wireTime(now, 'ms')
      return json(200, `{"lastUpdateId":${book.id},${futures ? `"E":${at},"T":${at},` : ''}"bids":[${texts.side(book.bids.slice(0, levels))}],"asks":[${texts.side(book.asks.slice(0, levels))}]}`)
    }
    if (path === 'ticker/bookTicker') {
      const [bid, ask] = [market.best('bid'), market.best('ask')]
      return json(200, { symbol: market.symbol, bidPrice: market.prices.text(bid?.ticks ?? 0), bidQty: market.sizes.text(bid?.lots ?? 0), askPrice: market.prices.text(ask?.ticks ?? 0), askQty: market.sizes.text(ask?.lots ?? 0) })
    }
    const from = searchParams.get('fromId')
    const row = ({ id, ticks, lots, maker, time }: VenueTrade): unknown =>
      ({ id, price: market.prices.text(ticks), qty: market.sizes.text(lots), time: wireTime(time, 'ms'), isBuyerMaker: maker === 'bid', ...(!futures && { isBestMatch: true }) })
    if (path === 'trades' || path === 'historicalTrades') {
      const listed = from === null || path === 'trades' ? market.trades.slice(-Math.min(1000, limit)) : market.trades.filter(({ id }) => id >= Number(from)).slice(0, Math.min(1000, limit))
      return json(200, listed.map(row))
    }
    if (path === 'aggTrades') return json(200, streams.aggregates(market.symbol, from === null ? undefined : Number(from), Math.min(1000, limit)))
    return json(404, { code: -1, msg: `No such path ${pathname}` })
  }

  function connect(url: string, link: VenueLink): VenueSession | undefined {
    const { pathname, searchParams } = new URL(url, 'http://venue')
    const path = /^(\/public|\/market)?\/(ws|stream)(?:\/(.*))?$/.exec(pathname)
    if (path === null || (!futures && path[1] !== undefined)) return undefined
    const route = path[1]
    let combined = path[2] === 'stream'
    const listed = combined ? (searchParams.get('streams') ?? '') : (path[3] ?? '')
    const unit = !futures && /^microsecond$/i.test(searchParams.get('timeUnit') ?? '') ? 'us' : 'ms'
    const wanted = new Set<string>()
    const cancels = new Map<string, () => void>()
    let awaited = new Map<string, Micros>()
    let pings = 0

    const subscriber: BinanceSubscriber = {
      unit,
      get combined() {
        return combined
      },
      send: (message) => link.send(message),
    }
    const answer = (value: unknown): void => link.send({ kind: 'control', text: JSON.stringify(value) })
    const heard = (name: string): boolean => !futures || classOf(name) === (route ?? '/public')

    function add(name: string): void {
      wanted.add(name)
      if (heard(name)) streams.add(name, subscriber)
    }
    function drop(name: string): void {
      wanted.delete(name)
      streams.remove(name, subscriber)
    }
    function ping(): void {
      const oldest = [...awaited.values()][0]
      if (oldest !== undefined && clock.now() - oldest >= pongMicros) {
        link.close(1008, 'Pong timeout')
        return
      }
      const payload = String(++pings)
      awaited.set(payload, clock.now())
      link.ping(payload)
      cancels.set('ping', clock.after(pingMicros, ping))
    }
    function received(text: string): void {
      let asked: { method?: unknown; params?: unknown; id?: unknown }
      try {
        asked = JSON.parse(text) as typeof asked
      } catch (error) {
        answer({ code: 3, msg: `Invalid JSON: ${(error as Error).message}` })
        return
      }
      const { method, params = [], id } = asked
      if (typeof method !== 'string') answer({ code: 2, msg: 'Invalid request: missing field `method`' })
      else if (id !== undefined && id !== null && typeof id !== 'number' && typeof id !== 'string') answer({ code: 2, msg: 'Invalid request: request ID must be an unsigned integer' })
      else if (method === 'LIST_SUBSCRIPTIONS') answer({ result: [...wanted], id })
      else if (method === 'GET_PROPERTY') answer({ result: combined, id })
      else if (method === 'SET_PROPERTY') {
        const [name, value] = params as unknown[]
        if (name !== 'combined') answer({ code: 0, msg: 'Unknown property' })
        else if (typeof value !== 'boolean') answer({ code: 1, msg: 'Invalid value type: expected Boolean' })
        else {
          combined = value
          answer({ result: null, id })
        }
      } else if (method === 'SUBSCRIBE' || method === 'UNSUBSCRIBE') {
        if (!Array.isArray(params) || !params.every((name) => typeof name === 'string')) answer({ code: 2, msg: 'Invalid request: params must be a list of streams' })
        else {
          for (const name of params as string[]) if (method === 'SUBSCRIBE') add(name); else drop(name)
          if (wanted.size > rules.streamsPerConnection) link.close(1008, 'Too many streams')
          else answer({ result: null, id })
        }
      } else answer({ code: 2, msg: `Invalid request: unknown variant ${method}, expected one of \`SUBSCRIBE\`, \`UNSUBSCRIBE\`, \`LIST_SUBSCRIPTIONS\`, \`SET_PROPERTY\`, \`GET_PROPERTY\` at line 1 column 28` })
    }

    for (const name of listed.split('/')) if (name !== '') add(decodeURIComponent(name))
    cancels.set('ping', clock.after(pingMicros, ping))
    cancels.set('lifetime', clock.after(lifetimeMicros, () => link.close(1008, 'Connection lifetime')))
    if (wanted.size > rules.streamsPerConnection) cancels.set('streams', clock.after(0, () => link.close(1008, 'Too many streams')))

    return {
      received,
      pinged() {},
      ponged(payload) {
        if (awaited.has(payload)) awaited = new Map()
      },
      closed() {
        for (const cancel of cancels.values()) cancel()
        for (const name of wanted) streams.remove(name, subscriber)
      },
      announceShutdown() {
        const data = `{"e":"serverShutdown","E":${wireTime(clock.now(), unit)}}`
        link.send({ kind: 'control', text: combined ? `{"stream":"!serverShutdown","data":${data}}` : data })
      },
    }
  }

  return { name: futures ? 'binance-usdm' : 'binance', rules, streams, weightOf, request: ({ url }) => request(url), connect, publish: () => streams.flushAll(), stop: () => streams.stop() }
}

const badSymbol = json(400, { code: -1121, msg: 'Invalid symbol.' })
