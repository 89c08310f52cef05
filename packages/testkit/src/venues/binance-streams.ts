import type { Lots, Micros, Side, Ticks } from '@rxlob/core'
import { binanceTexts, type BinanceTexts, type BinanceTimeUnit } from './binance-texts.js'
import type { VenueMessage } from './front-end.js'
import type { ReferenceExchange } from './reference-exchange.js'
import type { ReferenceMarket, VenueTrade } from './reference-market.js'

/** Someone who asked for streams. */
export interface BinanceSubscriber {
  readonly unit: BinanceTimeUnit
  readonly combined: boolean
  send(message: VenueMessage): void
}

/** The streams of every symbol: made once a message, whoever listens. */
export interface BinanceStreams {
  /** Whether there is such a stream. */
  knows(name: string): boolean
  add(name: string, subscriber: BinanceSubscriber): void
  remove(name: string, subscriber: BinanceSubscriber): void
  /** Publishes what has gathered of every stream of this speed, now; the clock does so by itself. */
  flush(speedMillis: number): void
  /** All of it, of every speed. */
  flushAll(): void
  /** Aggregate trades as the REST interface lists them: from an id on, or the newest. */
  aggregates(symbol: string, fromId: number | undefined, limit: number): readonly unknown[]
  stop(): void
}

interface Gathering {
  readonly bids: Map<Ticks, Lots>
  readonly asks: Map<Ticks, Lots>
  readonly subscribers: Set<BinanceSubscriber>
  readonly name: string
  first: number
  last: number
  previous: number
}

interface MarketStreams {
  readonly market: ReferenceMarket
  readonly texts: BinanceTexts
  /** By speed, in milliseconds. */
  readonly depths: Map<number, Gathering>
  /** Whole views: name to levels and speed. */
  readonly partials: Map<string, { readonly levels: number; readonly speed: number; readonly subscribers: Set<BinanceSubscriber>; last: number }>
  readonly trades: Set<BinanceSubscriber>
  readonly aggTrades: Set<BinanceSubscriber>
  readonly tickers: Set<BinanceSubscriber>
  taken: VenueTrade[]
  /** The newest aggregates, oldest first. */
  aggregated: { readonly id: number; readonly trades: readonly VenueTrade[] }[]
  aggregateId: number
  quoted: string
}

const shape = /^(.+)@(?:depth(5|10|20)?(?:@(\d+)ms)?|(trade)|(aggTrade)|(bookTicker))$/

export function binanceStreams({ clock, markets }: ReferenceExchange, futures: boolean): BinanceStreams {
  const bySymbol = new Map<string, MarketStreams>()
  const timers = new Map<number, () => void>()
  const slowest = futures ? 250 : 1000
  const speeds = futures ? [100, 250, 500] : [100, 1000]
  const stops: (() => void)[] = []

  for (const market of markets.values()) {
    const streams: MarketStreams = {
      market, texts: binanceTexts(market, futures), depths: new Map(), partials: new Map(), trades: new Set(), aggTrades: new Set(), tickers: new Set(), taken: [], aggregated: [], aggregateId: 700_000, quoted: '',
    }
    bySymbol.set(market.symbol.toLowerCase(), streams)
    stops.push(market.listen({
      level(side, ticks, lots, id) {
        for (const gathering of streams.depths.values()) gather(gathering, side, ticks, lots, id)
      },
      trade(trade) {
        const { texts } = streams
        publish(streams.trades, `${market.symbol.toLowerCase()}@trade`, (unit) => texts.trade(trade, unit), { kind: 'trades', symbol: market.symbol, tradeId: trade.id })
        streams.taken.push(trade)
      },
      settled() {
        settle(streams)
      },
    }))
  }

  function gather(gathering: Gathering, side: Side, ticks: Ticks, lots: Lots, id: number): void {
    ;(side === 'bid' ? gathering.bids : gathering.asks).set(ticks, lots)
    if (Number.isNaN(gathering.first)) gathering.first = futures ? id : gathering.last + 1
    gathering.last = id
  }

  function publish(subscribers: ReadonlySet<BinanceSubscriber>, name: string, data: (unit: BinanceTimeUnit) => string, about: Omit<VenueMessage, 'text'>): void {
    if (subscribers.size === 0) return
    const made = new Map<BinanceTimeUnit, string>()
    for (const subscriber of subscribers) {
      let text = made.get(subscriber.unit)
      if (text === undefined) {
        text = data(subscriber.unit)
        made.set(subscriber.unit, text)
      }
      subscriber.send({ ...about, text: subscriber.combined ? `{"stream":"${name}","data":${text}}` : text })
    }
  }

  function settle(streams: MarketStreams): void {
    const { market, texts, taken, tickers, aggTrades } = streams
    if (taken.length > 0) {
      streams.taken = []
      for (let from = 0; from < taken.length; ) {
        let to = from + 1
        while (to < taken.length && taken[to]!.ticks === taken[from]!.ticks) to++
        const merged = taken.slice(from, to)
        const id = ++streams.aggregateId
        streams.aggregated.push({ id, trades: merged })
        const kept = market.options.history / 2
        if (streams.aggregated.length > 2 * kept) streams.aggregated = streams.aggregated.slice(-kept)
        publish(aggTrades, `${market.symbol.toLowerCase()}@aggTrade`, (unit) => texts.aggTrade(merged, id, unit), { kind: 'trades', symbol: market.symbol, tradeId: id })
        from = to
      }
    }
    if (tickers.size === 0) return
    const bid = market.best('bid')
    const ask = market.best('ask')
    const quote = `${bid?.ticks} ${bid?.lots} ${ask?.ticks} ${ask?.lots}`
    if (quote === streams.quoted) return
    streams.quoted = quote
    const now = clock.now()
    publish(tickers, `${market.symbol.toLowerCase()}@bookTicker`, (unit) => texts.ticker(market.updateId, bid && [bid.ticks, bid.lots], ask && [ask.ticks, ask.lots], now, unit),
      { kind: 'quotes', symbol: market.symbol, to: market.updateId })
  }

  function flushDepth({ market, texts }: MarketStreams, gathering: Gathering, now: Micros): void {
    const { bids, asks, first: U, last: u, previous: pu } = gathering
    if (Number.isNaN(U)) return
    const event = { U, u, pu, bids: texts.side(bids), asks: texts.side(asks) }
    bids.clear()
    asks.clear()
    gathering.previous = u
    gathering.first = NaN
    publish(gathering.subscribers, gathering.name, (unit) => texts.depth(event, now, unit), { kind: 'book', symbol: market.symbol, from: U, to: u })
  }

  function flushPartials({ market, texts, partials }: MarketStreams, speed: number, now: Micros): void {
    for (const [name, partial] of partials) {
      if (partial.speed !== speed || partial.last === market.updateId || partial.subscribers.size === 0) continue
      const book = market.book()
      const bids = texts.side(book.bids.slice(0, partial.levels))
      const asks = texts.side(book.asks.slice(0, partial.levels))
      const event = { U: partial.last, u: book.id, pu: partial.last, bids, asks }
      partial.last = book.id
      publish(partial.subscribers, name, (unit) => (futures ? texts.depth(event, now, unit) : texts.partial(book.id, bids, asks)), { kind: 'snapshot', symbol: market.symbol, to: book.id })
    }
  }

  function flush(speed: number): void {
    const now = clock.now()
    for (const streams of bySymbol.values()) {
      const gathering = streams.depths.get(speed)
      if (gathering !== undefined) flushDepth(streams, gathering, now)
      flushPartials(streams, speed, now)
    }
  }
  function tick(speed: number): void {
    timers.set(speed, clock.after(speed * 1000, () => {
      flush(speed)
      tick(speed)
    }))
  }

  function subscribersOf(name: string): Set<BinanceSubscriber> | undefined {
    const found = shape.exec(name)
    const streams = found === null ? undefined : bySymbol.get(found[1]!)
    if (found === null || streams === undefined) return undefined
    const [, , levels, millis, trade, aggTrade, ticker] = found
    if (trade !== undefined) return streams.trades
    if (aggTrade !== undefined) return streams.aggTrades
    if (ticker !== undefined) return streams.tickers
    const speed = millis === undefined ? slowest : Number(millis)
    if (!speeds.includes(speed)) return undefined
    if (!timers.has(speed)) tick(speed)
    if (levels !== undefined) {
      const known = streams.partials.get(name) ?? { levels: Number(levels), speed, subscribers: new Set<BinanceSubscriber>(), last: NaN }
      streams.partials.set(name, known)
      return known.subscribers
    }
    let gathering = streams.depths.get(speed)
    if (gathering === undefined) {
      const { updateId } = streams.market
      gathering = { bids: new Map(), asks: new Map(), subscribers: new Set(), name, first: NaN, last: updateId, previous: updateId }
      streams.depths.set(speed, gathering)
    }
    return gathering.subscribers
  }

  return {
    knows: (name) => subscribersOf(name) !== undefined,
    add: (name, subscriber) => void subscribersOf(name)?.add(subscriber),
    remove: (name, subscriber) => void subscribersOf(name)?.delete(subscriber),
    flush,
    flushAll() {
      for (const speed of timers.keys()) flush(speed)
    },
    aggregates(symbol, fromId, limit) {
      const streams = bySymbol.get(symbol.toLowerCase())
      if (streams === undefined) return []
      const { aggregated, market } = streams
      const listed = fromId === undefined ? aggregated.slice(-limit) : aggregated.filter(({ id }) => id >= fromId).slice(0, limit)
      return listed.map(({ id, trades }) => ({
        a: id, p: market.prices.text(trades[0]!.ticks), q: market.sizes.text(trades.reduce((sum, trade) => sum + trade.lots, 0)),
        f: trades[0]!.id, l: trades.at(-1)!.id, T: Math.floor(trades[0]!.time / 1000), m: trades[0]!.maker === 'bid', M: true,
      }))
    },
    stop() {
      for (const cancel of timers.values()) cancel()
      for (const stop of stops) stop()
    },
  }
}
