import { existsSync } from 'node:fs'
import { BookTracker, features, ofi, seededRandom, weightedMid, type FeatureRow, type Instrument, type InstrumentId } from '@rxlob/core'
import { feedCore, type WireItem } from '@rxlob/feed'
import { Subject } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { binanceSpec, openBinanceCapture } from '../src/index.js'
import { demo, encode } from './fixtures.js'

const other: Instrument = { ...demo, id: 'binance:OTHERUSDT', symbol: 'OTHERUSDT', base: 'OTHER', tickSize: 0.5 }
const spec = binanceSpec({ symbols: [demo.symbol, other.symbol], trades: true, checkQuotes: true, timeUnit: 'ms' })

/** All that a reader can see of an event and of the book after it. */
function seen(tracker: BookTracker): string {
  const { book, changes, kind, ticked, instrument, tsExchange, tsLocal, tradeTicks, tradeLots, tradeSize, tradePrint } = tracker
  const levels = Array.from({ length: 12 }, (_, level) => [book.bidTicks(level), book.bidLots(level), book.askTicks(level), book.askLots(level)])
  const changed = Array.from({ length: changes.length }, (_, row) => [changes.side(row), changes.ticks(row), changes.lotsBefore(row), changes.lotsAfter(row), changes.cause(row)])
  return JSON.stringify([
    instrument, kind, ticked, tsExchange, tsLocal, book.synced, book.crossed, book.bidDepth, book.askDepth, String(book.bidKnownDepth), String(book.askKnownDepth), levels, changed,
    kind === 'status' || kind === 'instrument' ? 0 : String(changes.shallowest), tradeTicks, String(tradeLots), tradeSize, tradePrint,
  ])
}

/** Whether states have started again since the event before. */
function restarts(): (tracker: BookTracker) => string {
  const known = new Map<InstrumentId, readonly number[]>()
  return ({ instrument: { id }, bookEpoch, tradesEpoch, windowEpoch }) => {
    const now = [bookEpoch, tradesEpoch, windowEpoch]
    const before = known.get(id) ?? now
    known.set(id, now)
    return now.map((epoch, at) => (epoch === before[at] ? '.' : '!')).join('')
  }
}

/** What a reader with books of its own sees of `events`, and what one sees that is lent the source's. */
function bothWays(items: Iterable<WireItem>, of = spec) {
  const own: string[] = []
  const lent: string[] = []
  const books = new Map<InstrumentId, BookTracker>()
  const ownRestarts = restarts()
  const lentRestarts = restarts()
  const events = feedCore(of, (event) => {
    if (event.kind === 'instrument' && !books.has(event.instrument)) books.set(event.instrument, new BookTracker(event.definition, event.levels))
    const tracker = books.get(event.instrument)!
    tracker.apply(event)
    own.push(seen(tracker) + ownRestarts(tracker))
  })
  const ticks = feedCore(of, () => expect.fail('events beside ticks'), {}, undefined, (tracker) => lent.push(seen(tracker) + lentRestarts(tracker)))
  for (const item of items) {
    events.accept(item)
    ticks.accept(item)
    if (own.length !== lent.length || own.at(-1) !== lent.at(-1)) expect(lent.slice(-3), JSON.stringify({ ...item, data: 'data' in item ? Buffer.from(item.data).toString() : '' })).toEqual(own.slice(-3))
  }
  expect(lent).toEqual(own)
  // A message that makes a live book ask for a deeper snapshot waits for it where it was parsed, and is then found to be covered.
  expect({ ...ticks.counts, stale: 0 }).toEqual({ ...events.counts, stale: 0 })
  return { count: own.length, counts: events.counts }
}

/** A session of two symbols with every fault there is a word for. */
function* session(seed: number): Generator<WireItem> {
  const random = seededRandom(seed)
  const whole = (below: number): number => Math.floor(random() * below)
  const streams = spec.streams!.map(({ name }) => name)
  let tsLocal = 1_790_000_000_000_000
  let connection = 1
  let definitions = [demo, other]
  const ids = new Map(definitions.map(({ symbol }) => [symbol, 1000]))
  const trades = new Map(definitions.map(({ symbol }) => [symbol, 1]))
  const level = (step: number, mid: number, sign: number, wild: boolean): [string, string] => [((mid + sign * (wild ? whole(5) - 3 : 1 + whole(30))) * step).toFixed(8), (random() < 0.3 ? 0 : whole(1000) / 1e5).toFixed(8)]
  yield { kind: 'instruments', tsLocal, instruments: definitions }
  yield { kind: 'open', tsLocal, connection, streams }
  for (let at = 0; at < 1500; at++) {
    tsLocal += whole(200_000)
    const { symbol, tickSize } = definitions[whole(2)]!
    const E = Math.floor(tsLocal / 1000)
    const dice = random()
    const message = (stream: string, data: object): WireItem => {
      const text = JSON.stringify({ stream: `${symbol.toLowerCase()}@${stream}`, data })
      // A blank sends the frame past the scanner.
      return { kind: 'frame', tsLocal, connection, data: encode(random() < 0.2 ? text.replace('"data":', '"data": ') : text) }
    }
    const id = ids.get(symbol)!
    if (dice < 0.7) {
      const U = random() < 0.02 ? id + 5 : id + 1
      const u = U + whole(4)
      ids.set(symbol, u)
      const wild = random() < 0.01
      const side = (sign: number): [string, string][] => Array.from({ length: whole(5) }, () => level(random() < 0.002 ? tickSize / 4 : tickSize, 20_000, sign, wild))
      yield message('depth', { e: 'depthUpdate', E, s: symbol, U, u, b: side(-1), a: side(1) })
    } else if (dice < 0.8) {
      const bids = Array.from({ length: 25 }, (_, depth) => [((19_999 - depth) * tickSize).toFixed(8), '0.50000000'])
      const asks = Array.from({ length: 25 }, (_, depth) => [((20_001 + depth) * tickSize).toFixed(8), '0.40000000'])
      yield { kind: 'response', tsLocal, symbol, data: encode({ lastUpdateId: random() < 0.1 ? id - 50 : id, bids, asks }) }
    } else if (dice < 0.93) {
      const t = trades.get(symbol)! + (random() < 0.05 ? 3 : 1)
      trades.set(symbol, t)
      yield message('trade', { e: 'trade', E, s: symbol, t, p: (20_000 * tickSize).toFixed(8), q: '0.10000000', T: E, m: random() < 0.5, M: true })
    } else if (dice < 0.95) yield { kind: 'verdict', tsLocal, instrument: `binance:${symbol}`, status: (['halted', 'resumed', 'stale', 'gap'] as const)[whole(4)]!, channel: (['book', 'all', 'trades'] as const)[whole(3)]!, reason: 'test' }
    else if (dice < 0.96) {
      definitions = definitions.map((each) => (each.symbol === symbol ? { ...each, tickSize: each.tickSize === 0.01 ? 0.5 : 0.01 } : each))
      yield { kind: 'instruments', tsLocal, instruments: definitions }
    } else if (dice < 0.98) yield message('depth', { e: 'depthUpdate', E: 'x', s: symbol, U: id + 1, u: id, b: [], a: [] })
    else if (dice < 0.99) {
      yield { kind: 'open', tsLocal, connection: connection + 1, streams }
      if (random() < 0.5) yield { kind: 'promote', tsLocal, connection: connection + 1 }
      yield { kind: 'close', tsLocal, connection, reason: 'test' }
      connection++
    } else yield message('bookTicker', { u: id, s: symbol, b: (19_999 * tickSize).toFixed(8), B: '1.00000000', a: (20_001 * tickSize).toFixed(8), A: '1.00000000' })
  }
}

describe('the book that is lent', () => {
  it.each([1, 2, 3, 4, 5, 6])('is the one that the events make, whatever happens (seed %d)', (seed) => {
    const { count, counts } = bothWays(session(seed))
    expect(count).toBeGreaterThan(200)
    expect(counts.gaps).toBeGreaterThan(0)
    expect(counts.snapshots).toBeGreaterThan(5)
    expect(counts.resyncs).toBeGreaterThan(0)
  })

  it('gives the features of the events, bit for bit', () => {
    const items = [...session(7)]
    const rowsOf = (start: (push: (input: never) => void) => { accept(item: WireItem): void }): string[] => {
      const rows: string[] = []
      const inputs = new Subject<never>()
      inputs.pipe(features([weightedMid(), ofi({ levels: 5 })])).subscribe((row: FeatureRow) => rows.push(JSON.stringify([row.instrument, row.row, row.tsLocal, row.afterBreak, ...row.columns.map((name) => String(row.get(name as never)))])))
      const core = start((input) => inputs.next(input))
      for (const item of items) core.accept(item)
      return rows
    }
    const ofEvents = rowsOf((push) => feedCore(spec, (event) => push(event as never)))
    const ofTicks = rowsOf((push) => feedCore(spec, () => {}, {}, undefined, (tracker) => push(tracker as never)))
    expect(ofEvents.length).toBeGreaterThan(200)
    expect(ofEvents.some((row) => !row.includes('NaN'))).toBe(true)
    expect(ofTicks).toEqual(ofEvents)
  })

  const data = process.env['RXLOB_DATA']
  it.skipIf(data === undefined || !existsSync(`${data}/binance/hftbacktest`))('is the one of the events on a recorded day', async () => {
    const capture = openBinanceCapture({ files: [`${data}/binance/hftbacktest/usdm/ethusdt_20240808.gz`], layout: 'receive-time', market: 'usdm', symbols: ['ETHUSDT'] })
    const items: WireItem[] = []
    for await (const slice of capture.open()) items.push(...slice.map((item) => ('data' in item ? { ...item, data: Uint8Array.from(item.data) } : item)))
    const { count } = bothWays(items.slice(0, 20_000), capture.spec)
    expect(count).toBeGreaterThan(4_000)
  }, 120_000)
})
