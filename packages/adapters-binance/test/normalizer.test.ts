import { BookTracker, LobError, type FeedStatus, type MarketEvent } from '@rxlob/core'
import { atOnce, feedCore, type WireItem } from '@rxlob/feed'
import { describe, expect, it } from 'vitest'
import { binanceNormalizer, binanceSpec, readInstruments, readMessage, readSnapshot, type BinanceMarket } from '../src/index.js'
import { encode, spot, usdm } from './fixtures.js'

const start = 1_790_000_000_000_000

/** Frames and snapshots through the same core as live, in the order given. */
function run(market: BinanceMarket, steps: readonly (readonly [kind: 'frame' | 'response', text: string])[], options: { checkQuotes?: boolean } = {}) {
  const spec = binanceSpec({ market, symbols: ['DEMOUSDT'], trades: true, timeUnit: 'ms', snapshotLevels: 1000, ...options })
  const [listed] = readInstruments(JSON.parse(spot.exchangeInfo), market, spec.name)
  const definition = market === 'spot' ? listed!.instrument : { ...listed!.instrument, tickSize: 0.1, lotSize: 0.001 }
  const events: MarketEvent[] = []
  const core = feedCore(spec, (event) => events.push(event))
  let tsLocal = start
  const accept = (item: WireItem): void => core.accept(item)
  accept({ kind: 'instruments', tsLocal, instruments: [definition] })
  accept({ kind: 'open', tsLocal, connection: 1, streams: spec.streams!.map(({ name }) => name) })
  for (const [kind, text] of steps) {
    tsLocal += 1000
    accept(kind === 'frame' ? { kind, tsLocal, connection: 1, data: encode(text) } : { kind, tsLocal, symbol: 'DEMOUSDT', data: encode(text) })
  }
  const tracker = new BookTracker(definition, 1000)
  for (const event of events) tracker.apply(event)
  const { book } = tracker
  const side = (length: number, ticks: (level: number) => number, lots: (level: number) => number): number[][] =>
    Array.from({ length }, (_, level) => [Number((ticks(level) * definition.tickSize).toFixed(8)), Number((lots(level) * definition.lotSize).toFixed(8))])
  return {
    events, core, synced: book.synced,
    statuses: events.filter((event): event is FeedStatus => event.kind === 'status'),
    book: { bids: side(book.bidDepth, (level) => book.bidTicks(level), (level) => book.bidLots(level)), asks: side(book.askDepth, (level) => book.askTicks(level), (level) => book.askLots(level)) },
  }
}

describe('worked sequence A (spot)', () => {
  const steps = [['frame', spot.e1], ['frame', spot.e2], ['response', spot.snapshot1007], ['frame', spot.e3], ['frame', spot.e4]] as const

  it('ends in the book of the reference', () => {
    const { book, core, events } = run('spot', steps)
    expect(book).toEqual(spot.end)
    expect(core.counts).toMatchObject({ stale: 1, applied: 3, gaps: 0, snapshots: 1 })
    expect(events.filter(({ kind }) => kind === 'snapshot' || kind === 'delta').map(({ seq }) => seq)).toEqual([1007, 1010, 1011, 1020])
  })

  it('is not changed by repeating E4', () => {
    const { book, core } = run('spot', [...steps, ['frame', spot.e4]])
    expect(book).toEqual(spot.end)
    expect(core.counts.stale).toBe(2)
  })

  it('shows a hole with its ends', () => {
    const { statuses, synced } = run('spot', [...steps, ['frame', spot.e4.replace('1012', '1023').replace('"u": 1020', '"u": 1025')]])
    expect(statuses.at(-1)).toMatchObject({ status: 'gap', channel: 'book', fromSeq: 1021, toSeq: 1022 })
    expect(synced).toBe(false)
  })

  it('refuses a snapshot older than the buffer, and keeps the buffer', () => {
    const { core, book, synced } = run('spot', [['frame', spot.e1], ['frame', spot.e2], ['response', spot.snapshot1007.replace('1007', '999')], ['response', spot.snapshot1007], ['frame', spot.e3], ['frame', spot.e4]])
    expect(core.counts.oldSnapshots).toBe(1)
    expect(synced).toBe(true)
    expect(book).toEqual(spot.end)
  })

  it('accepts a snapshot just before the buffer: nothing lies between', () => {
    const { core, synced } = run('spot', [['frame', spot.e1], ['response', spot.snapshot1007.replace('1007', '1000')]])
    expect(core.counts.oldSnapshots).toBe(0)
    expect(synced).toBe(true)
  })

  it('a waiting message is released with the time of its snapshot', () => {
    const { events } = run('spot', steps)
    const released = events.find(({ seq }) => seq === 1010)!
    expect([released.tsExchange, released.tsLocal]).toEqual([1_790_000_000_200_000, start + 3000])
  })
})

describe('worked sequence B (USD-M)', () => {
  const steps = [['frame', usdm.f1], ['frame', usdm.f2], ['response', usdm.snapshot5005], ['frame', usdm.f3]] as const

  it('ends in the book of the reference, which agrees with the ticker of the same id', () => {
    const { book, core } = run('usdm', [...steps, ['frame', usdm.bookTicker]], { checkQuotes: true })
    expect(book).toEqual(usdm.end)
    expect(core.counts).toMatchObject({ stale: 1, applied: 2, gaps: 0, quotesCompared: 1, quoteMismatches: 0 })
  })

  it('F4 is a hole', () => {
    expect(run('usdm', [...steps, ['frame', usdm.f4Gap]]).statuses.at(-1)).toMatchObject({ status: 'gap', fromSeq: 5021, toSeq: 5022 })
  })

  it('a ticker that contradicts the book of its id starts it again', () => {
    const { statuses, core } = run('usdm', [...steps, ['frame', usdm.bookTicker.replace('"B": "1.500"', '"B": "1.400"')]], { checkQuotes: true })
    expect(statuses.at(-1)).toMatchObject({ status: 'gap', reason: 'quote mismatch' })
    expect(core.counts.quoteMismatches).toBe(1)
  })

  it('a ticker ahead of the book is compared when the book gets there', () => {
    const { core } = run('usdm', [['frame', usdm.f1], ['frame', usdm.f2], ['response', usdm.snapshot5005], ['frame', usdm.bookTicker], ['frame', usdm.f3]], { checkQuotes: true })
    expect(core.counts).toMatchObject({ quotesCompared: 1, quoteMismatches: 0 })
  })
})

describe('events', () => {
  const normalized = (text: string, timeUnit: 'ms' | 'us' = 'ms'): MarketEvent[] => {
    const events: MarketEvent[] = []
    binanceNormalizer({ venue: 'binance', timeUnit }).normalize(readMessage(encode(text)), start, (event) => events.push(event))
    return events
  }
  const header = { instrument: 'binance:DEMOUSDT', tsLocal: start }

  it('a trade: the buyer was not the maker, so the taker bought', () => {
    expect(normalized(spot.trade)).toEqual([{ kind: 'trade', ...header, tsExchange: 1_790_000_000_149_000, seq: 9001, price: 64000.25, size: 0.05, aggressor: 'buy', print: 'regular', id: '9001' }])
  })
  it('an aggregate has the id of the aggregate', () => {
    expect(normalized(usdm.aggTrade)).toMatchObject([{ kind: 'trade', seq: 5933014, size: 0.1, aggressor: 'buy', print: 'regular' }])
  })
  it('an insurance fund print was not on the book', () => {
    expect(normalized(usdm.insurance)).toMatchObject([{ print: 'off-book', aggressor: 'sell' }])
  })
  it('the best levels are a snapshot of their stream’s symbol', () => {
    expect(normalized(spot.partial)).toEqual([{ kind: 'snapshot', ...header, tsExchange: start, seq: 1020, ...spot.end }])
  })
  it('best prices are a snapshot of one level; an empty side is empty', () => {
    expect(normalized(spot.bookTicker)).toMatchObject([{ kind: 'snapshot', seq: 1013, bids: [[64000.1, 1.25]], asks: [[64000.25, 0.6]] }])
    expect(normalized(spot.bookTicker.replace('"A": "0.60000000"', '"A": "0.00000000"'))).toMatchObject([{ asks: [] }])
  })
  it('microseconds where they were asked for', () => {
    expect(normalized(spot.e1.replace('1790000000100', '1790000000100123'), 'us')[0]!.tsExchange).toBe(1_790_000_000_100_123)
  })
  it.each([['ms', spot.e1.replace('1790000000100', '1790000000100123')], ['us', spot.e1]] as const)('a time of another unit than %s is refused, not guessed', (unit, text) => {
    expect(() => normalized(text, unit)).toThrow(LobError)
  })
  it.each(['subscribed', 'listed', 'badMethod', 'badJson', 'shutdownRaw', 'shutdownCombined'] as const)('%s makes none', (name) => {
    expect(normalized(spot[name])).toEqual([])
  })
})

describe('answers and announcements', () => {
  const { control } = binanceSpec({ symbols: ['DEMOUSDT'] })
  const of = (text: string): unknown => control!(readMessage(encode(text)))

  it('are told apart', () => {
    expect(of(spot.subscribed)).toEqual({ kind: 'subscribed', id: 1 })
    expect(of(spot.listed)).toEqual({ kind: 'subscribed', id: 3 })
    expect(of(spot.badMethod)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('unknown variant SUBSCRIB') })
    expect(of('{"error":{"code":2,"msg":"no"},"id":4}')).toEqual({ kind: 'refused', id: 4, reason: '2 no' })
    expect(of(spot.shutdownRaw)).toEqual({ kind: 'shutdown' })
    expect(of(spot.shutdownCombined)).toEqual({ kind: 'shutdown' })
    expect(of('{"stream":"demousdt@kline_1m","data":{"e":"kline"}}')).toEqual({ kind: 'other' })
    expect(of(spot.trade)).toBeUndefined()
  })
})

describe('messages that cannot be', () => {
  const base = JSON.parse(spot.e2).data as Record<string, unknown>
  const message = (changes: Record<string, unknown>): Uint8Array => encode({ ...base, ...changes })
  it.each([
    ['an id as text', message({ u: '1010' })],
    ['an id above 2^53', encode(spot.e2.replace('1010', '9007199254740993'))],
    ['a negative id', message({ U: -1 })],
    ['U above u', message({ U: 1011 })],
    ['no levels', message({ b: undefined })],
    ['levels that are numbers', message({ b: [[64000.1, 1]] })],
    ['a symbol that is none', message({ s: '' })],
    ['cut short', encode(spot.e2.slice(0, -10))],
    ['not an object', encode('[1,2]')],
    ['null', encode('null')],
    ['invalid UTF-8', Uint8Array.of(0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d)],
    ['a trade without its side', encode(spot.trade.replace('"m": false', '"m": 0'))],
  ])('%s', (_, frame) => expect(() => readMessage(frame)).toThrow())

  it.each(['', '1e5', ' 1', '+1', '-1', '0x10', 'NaN', 'Infinity', '.5', '5.', '1.2.3', '1'.repeat(41)])('a price %j', (price) => {
    const events: MarketEvent[] = []
    const raw = { ...readMessage(encode(spot.e2)), b: [[price, '1']] } as never
    expect(() => binanceNormalizer({ venue: 'binance', timeUnit: 'ms' }).normalize(raw, start, (event) => events.push(event))).toThrow(LobError)
    expect(events).toEqual([])
  })

  it.each(['0', '0.0', '0.00000000', '00.0'])('a size %j removes', (size) => {
    const raw = { ...readMessage(encode(spot.e2)), b: [['64000.10', size]], a: [] } as never
    const events: MarketEvent[] = []
    binanceNormalizer({ venue: 'binance', timeUnit: 'ms' }).normalize(raw, start, (event) => events.push(event))
    expect(events).toMatchObject([{ bids: [[64000.1, 0]] }])
  })

  it('an error body is no snapshot', () => {
    expect(() => readSnapshot(encode('{"code":-1121,"msg":"Invalid symbol."}'), 'DEMOUSDT')).toThrow(LobError)
  })

  it('in parts is the same message, and refused for the same reasons', () => {
    const { decodeInParts } = binanceSpec({ symbols: ['DEMOUSDT'] }).snapshot!
    const levels = Array.from({ length: 30_000 }, (_, level) => [(640 - level / 100).toFixed(8), '1.50000000'])
    const whole = JSON.stringify({ lastUpdateId: 7, bids: levels, asks: [['640.01', '2']] })
    expect(whole.length).toBeGreaterThan(10 * 65_536)
    expect(atOnce(decodeInParts!(encode(whole), 'DEMOUSDT'))).toEqual(readSnapshot(encode(whole), 'DEMOUSDT'))
    for (const broken of [whole.slice(0, -1), whole.replace('"1.50000000"]', '1.5]'), whole.replace('"lastUpdateId":7', '"lastUpdateId":"7"'), '{"code":-1121,"msg":"Invalid symbol."}']) {
      expect(() => readSnapshot(encode(broken), 'DEMOUSDT')).toThrow()
      expect(() => atOnce(decodeInParts!(encode(broken), 'DEMOUSDT'))).toThrow()
    }
  })

  it('keys that reach for the prototype change nothing', () => {
    const before = Object.getOwnPropertyNames(Object.prototype)
    readMessage(encode('{"e":"depthUpdate","E":1,"s":"__proto__","U":1,"u":2,"b":[],"a":[],"__proto__":{"x":1},"constructor":{"prototype":{"y":1}}}'))
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before)
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })
})
