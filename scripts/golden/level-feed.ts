import { BookTracker, decimalGrid, seededRandom, type BookDelta, type BookSnapshot, type InstrumentEvent, type MarketEvent, type PriceLevel, type StatusName, type Trade } from '@rxlob/core'

/** What goes wrong, or is merely special, from a given frame on. */
export interface Incident {
  readonly frame: number
  readonly what:
    | 'gap' | 'disconnected' | 'stale' | 'dropped' | 'halted'
    /** The bid of the frame stands above the best ask until the next frame. */
    | 'crossed'
    /** A snapshot that nothing called for. */
    | 'snapshot'
    /** A snapshot without asks. */
    | 'one-sided'
    /** A delta that names no level. */
    | 'empty'
  /** Frames that are lost, or that the halt lasts. */
  readonly frames?: number
}

interface Frame {
  readonly trades: readonly Trade[]
  readonly delta: BookDelta
  readonly snapshot: BookSnapshot
}

/**
 * A market by order as a venue that publishes price levels would show it: trades at once, and one delta of absolute sizes
 * a frame of `frameMicros`; snapshots hold the best `levels`. Receive times lag by a jittered half millisecond.
 */
export function levelFeed(market: readonly MarketEvent[], options: { frameMicros: number; levels: number; incidents: readonly Incident[] }): MarketEvent[] {
  const { levels, incidents } = options
  const opening = market[0] as InstrumentEvent
  const frames = framesOf(market, options)
  const feed: MarketEvent[] = [{ ...opening, levels }, frames[0]!.snapshot]
  for (let n = 1; n < frames.length; n++) {
    const { delta, trades, snapshot } = frames[n]!
    const incident = incidents.find(({ frame }) => frame === n)
    if (incident === undefined) {
      feed.push(...trades, delta)
      continue
    }
    const { what, frames: lasting = 0 } = incident
    const lost = frames.slice(n, n + lasting)
    const after = frames[n + lasting]!
    const status = (name: StatusName, channel: 'book' | 'trades' | 'all', more: object = {}): MarketEvent =>
      ({ kind: 'status', instrument: delta.instrument, tsExchange: delta.tsExchange, tsLocal: delta.tsLocal, status: name, channel, ...more })
    if (what === 'gap') feed.push(...lost.flatMap((frame) => frame.trades), status('gap', 'book', { fromSeq: delta.seq, toSeq: after.delta.seq! - 1 }), after.delta, after.snapshot)
    else if (what === 'stale') feed.push(status('stale', 'book', { reason: 'no message for 3 s' }), ...lost.flatMap((frame) => [...frame.trades, frame.delta]), after.snapshot)
    else if (what === 'disconnected') feed.push(status('disconnected', 'all', { reason: 'socket closed' }), { ...status('connected', 'all'), tsLocal: after.delta.tsLocal }, after.snapshot)
    else if (what === 'dropped') feed.push(...lost.map((frame) => frame.delta), status('dropped', 'trades', { count: lost.flatMap((frame) => frame.trades).length }), ...after.trades, after.delta)
    else if (what === 'halted') feed.push(...trades, delta, status('halted', 'all'), { ...status('resumed', 'all'), tsLocal: after.delta.tsLocal }, after.snapshot)
    else if (what === 'crossed') {
      const [price, size] = snapshot.asks[1]!
      feed.push(...trades, { ...delta, bids: [...delta.bids, [price, size]] }, status('crossed', 'book'), { ...delta, bids: [[price, 0]], asks: [] })
    } else if (what === 'snapshot') feed.push(...trades, snapshot)
    else if (what === 'one-sided') feed.push(...trades, { ...snapshot, asks: [] }, ...after.trades, after.snapshot)
    else feed.push(...trades, delta, { ...delta, bids: [], asks: [] })
    n += lasting + (what === 'one-sided' ? 1 : 0)
  }
  const last = frames.at(-1)!.delta
  feed.push({ kind: 'status', instrument: last.instrument, tsExchange: last.tsExchange, tsLocal: last.tsLocal, status: 'ended', channel: 'all' })
  return inOrder(feed)
}

function framesOf(market: readonly MarketEvent[], { frameMicros, levels }: { frameMicros: number; levels: number }): Frame[] {
  const { definition } = market[0] as InstrumentEvent
  const tracker = new BookTracker(definition)
  const prices = decimalGrid(definition.tickSize)
  const sizes = decimalGrid(definition.lotSize)
  const random = seededRandom(99)
  const changed = { bid: new Set<number>(), ask: new Set<number>() }
  const lotsAt = (side: 'bid' | 'ask', ticks: number): number => (side === 'bid' ? tracker.book.bids : tracker.book.asks).lotsAt(ticks)
  const level = (ticks: number, lots: number): PriceLevel => [prices.toDecimal(ticks), sizes.toDecimal(lots)]
  const frames: Frame[] = []
  let trades: Trade[] = []
  let closes = market[1]!.tsExchange
  let seq = 1000

  function close(): void {
    const header = { instrument: definition.id, tsExchange: closes, tsLocal: closes + 200 + Math.floor(800 * random()) }
    const { book } = tracker
    const top = (depth: number, ticks: (n: number) => number, lots: (n: number) => number): PriceLevel[] =>
      Array.from({ length: Math.min(levels, depth) }, (_, n) => level(ticks(n), lots(n)))
    const sides = [...changed.bid].map((ticks) => level(ticks, lotsAt('bid', ticks)))
    const asks = [...changed.ask].map((ticks) => level(ticks, lotsAt('ask', ticks)))
    seq += 1 + sides.length + asks.length
    frames.push({
      trades,
      delta: { kind: 'delta', ...header, seq, bids: sides, asks },
      snapshot: { kind: 'snapshot', ...header, seq, bids: top(book.bidDepth, (n) => book.bidTicks(n), (n) => book.bidLots(n)), asks: top(book.askDepth, (n) => book.askTicks(n), (n) => book.askLots(n)) },
    })
    trades = []
    changed.bid.clear()
    changed.ask.clear()
    closes += frameMicros
  }

  for (const event of market.slice(1)) {
    while (event.tsExchange > closes) close()
    tracker.apply(event)
    for (let row = 0; row < tracker.changes.length; row++) changed[tracker.changes.side(row) > 0 ? 'bid' : 'ask'].add(tracker.changes.ticks(row))
    if (tracker.tradeSize > 0) {
      const aggressor = tracker.tradeLots > 0 ? 'buy' : 'sell'
      const { instrument, tsExchange } = event
      const price = prices.toDecimal(tracker.tradeTicks)
      trades.push({ kind: 'trade', instrument, tsExchange, tsLocal: tsExchange + 200 + Math.floor(800 * random()), price, size: sizes.toDecimal(tracker.tradeSize), aggressor, print: tracker.tradePrint! })
    }
  }
  return frames
}

/** Receive times that never go back: an event that overtook another one arrives with it. */
function inOrder(feed: readonly MarketEvent[]): MarketEvent[] {
  let latest = 0
  return feed.map((event) => {
    latest = Math.max(latest, event.tsLocal)
    return { ...event, tsLocal: latest }
  })
}
