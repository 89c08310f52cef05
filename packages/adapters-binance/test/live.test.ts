import { batchToEvents, seededRandom, type EventBatch, type MarketEvent } from '@rxlob/core'
import { virtualClock, type Outside, type SocketEvents } from '@rxlob/feed'
import { describe, expect, it } from 'vitest'
import { binance, type BinanceOptions } from '../src/index.js'
import { encode, spot, usdm } from './fixtures.js'

const second = 1_000_000
const compact = (text: string): Uint8Array => encode(JSON.stringify(JSON.parse(text)))

/** Binance in memory: metadata, one snapshot, and what the test says. */
function venue(snapshot: string, exchangeInfo: string | (() => string) = spot.exchangeInfo, trades: () => string = () => '') {
  const clock = virtualClock()
  const links: { url: string; events: SocketEvents; open: boolean; frames: number }[] = []
  const asked: string[] = []
  const outside: Outside = {
    clock,
    random: seededRandom(1),
    connect(url, events) {
      const link = { url, events, open: false, frames: 0 }
      links.push(link)
      clock.after(1000, () => {
        link.open = true
        events.open()
      })
      const close = (): void => {
        link.open = false
      }
      return { send: () => link.frames++, ping: () => { link.frames++; clock.after(1000, () => link.open && events.pong()) }, pause() {}, resume() {}, close, terminate: close }
    },
    fetch: (async (url: string) => {
      asked.push(url)
      await new Promise<void>((resolve) => void clock.after(20_000, resolve))
      return new Response(url.includes('exchangeInfo') ? (typeof exchangeInfo === 'string' ? exchangeInfo : exchangeInfo()) : url.includes('rades?') ? trades() : snapshot)
    }) as typeof globalThis.fetch,
  }
  const say = (...texts: string[]): void => {
    for (const text of texts) for (const link of links) if (link.open) link.events.message(compact(text))
  }
  return { clock, links, asked, outside, say }
}

const options: BinanceOptions = { symbols: ['DEMOUSDT'], trades: true, timeUnit: 'ms' }

/** Sequence A, then a trade, a hole and a message after it. */
async function sequenceA(run: (outside: Outside) => () => void) {
  const { clock, asked, links, outside, say } = venue(spot.snapshot1007)
  const stop = run(outside)
  await clock.advance(100_000)
  say(spot.e1, spot.e2)
  await clock.advance(100_000)
  say(spot.e3, spot.trade, spot.e4, spot.e4.replace('1012', '1023').replace('"u": 1020', '"u": 1025'))
  await clock.advance(10_000)
  stop()
  // A request under way comes to its end.
  await clock.advance(100_000)
  return { asked, links, clock }
}

describe('lost trades', () => {
  const print = (id: number): string => JSON.stringify({ stream: 'demousdt@trade', data: { e: 'trade', E: 1790000000150, s: 'DEMOUSDT', t: id, p: '64000.25', q: '0.05', T: 1790000000149, m: false } })

  it('are fetched again: every trade once and in order, and the gap of a reconnect is filled too', async () => {
    let known = 4
    const rest = () => JSON.stringify(Array.from({ length: known }, (_, i) => ({ id: 9000 + i, price: '64000.25', qty: '0.05', time: 1790000000149, isBuyerMaker: i % 2 === 0 })))
    const { clock, links, asked, outside, say } = venue(spot.snapshot1007, undefined, rest)
    const events: MarketEvent[] = []
    const subscription = binance(options, outside).events().subscribe((event) => events.push(event))
    await clock.advance(100_000)
    say(print(9001), print(9003))
    await clock.advance(100_000)
    links[0]!.open = false
    links[0]!.events.close(1006, '')
    await clock.advance(5_000_000)
    expect(links).toHaveLength(2)
    known = 7
    say(print(9006))
    await clock.advance(100_000)
    subscription.unsubscribe()
    expect(events.flatMap((event) => (event.kind === 'trade' ? [event.seq] : []))).toEqual([9001, 9002, 9003, 9004, 9005, 9006])
    expect(events.some((event) => event.kind === 'status' && event.status === 'gap' && event.channel === 'trades')).toBe(false)
    expect(asked.filter((url) => url.includes('/trades?'))).toEqual(Array.from({ length: 2 }, () => 'https://api.binance.com/api/v3/trades?limit=1000&symbol=DEMOUSDT'))
  })

  it('that the venue does not have any more are told with their range', async () => {
    const { clock, outside, say } = venue(spot.snapshot1007, undefined, () => '[]')
    const events: MarketEvent[] = []
    const subscription = binance(options, outside).events().subscribe((event) => events.push(event))
    await clock.advance(100_000)
    say(print(9001), print(9010))
    await clock.advance(100_000)
    subscription.unsubscribe()
    expect(events.at(-2)).toMatchObject({ status: 'gap', channel: 'trades', fromSeq: 9002, toSeq: 9009, count: 8 })
    expect(events.at(-1)).toMatchObject({ kind: 'trade', seq: 9010 })
  })
})

describe('a halted market', () => {
  it('is told as such, half an hour of silence opens no other connection, and it is told when trading goes on', async () => {
    let info = spot.exchangeInfo.replace('TRADING', 'HALT')
    const { clock, links, outside, say } = venue(spot.snapshot1007, () => info)
    const statuses: string[] = []
    const subscription = binance(options, outside).events().subscribe((event) => event.kind === 'status' && statuses.push(`${event.status} ${event.channel}`))
    await clock.advance(100_000)
    say(spot.e1, spot.e2)
    await clock.advance(1800 * second)
    expect(statuses).toEqual(['connected all', 'halted all'])
    expect(links).toHaveLength(1)
    info = spot.exchangeInfo
    await clock.advance(61 * second)
    expect(statuses).toEqual(['connected all', 'halted all', 'resumed all'])
    subscription.unsubscribe()
  })
})

describe('a live source', () => {
  it('fetches metadata, connects, synchronises and tells of the hole', async () => {
    const events: MarketEvent[] = []
    const { asked, links, clock } = await sequenceA((outside) => {
      const subscription = binance(options, outside).events().subscribe((event) => events.push(event))
      return () => subscription.unsubscribe()
    })
    expect(asked.slice(0, 2)).toEqual(['https://api.binance.com/api/v3/exchangeInfo?symbols=%5B%22DEMOUSDT%22%5D', 'https://api.binance.com/api/v3/depth?symbol=DEMOUSDT&limit=5000'])
    expect(links.map(({ url }) => url)).toEqual(['wss://stream.binance.com:9443/stream?streams=demousdt@depth@100ms/demousdt@trade'])
    expect(events.map((event) => (event.kind === 'status' ? event.status : `${event.kind} ${event.seq ?? ''}`))).toEqual(['instrument ', 'connected', 'snapshot 1007', 'delta 1010', 'delta 1011', 'trade 9001', 'delta 1020', 'gap'])
    expect(events.at(-1)).toMatchObject({ fromSeq: 1021, toSeq: 1022 })
    expect(clock.pending).toBe(0)
  })

  it('gives the same events as frames, the book messages scanned from their bytes', async () => {
    const events: MarketEvent[] = []
    await sequenceA((outside) => {
      const subscription = binance(options, outside).events().subscribe((event) => events.push(event))
      return () => subscription.unsubscribe()
    })
    const framed: MarketEvent[] = []
    const batches = new Set<EventBatch>()
    await sequenceA((outside) => {
      const subscription = binance(options, outside).frames().subscribe((batch) => {
        batches.add(batch)
        framed.push(...batchToEvents(batch))
      })
      return () => subscription.unsubscribe()
    })
    const plain = (event: MarketEvent): unknown => {
      const { id: _, nanos: __, ...kept } = event as MarketEvent & { id?: string }
      return kept
    }
    expect(framed.map(plain)).toEqual(events.filter(({ kind }) => kind !== 'instrument').map(plain))
    // The two scanned messages came in one lent batch: seven events, six batch objects.
    expect(batches.size).toBe(events.length - 2)
  })

  it('lends its book after each of them', async () => {
    const kinds: string[] = []
    const books = new Set<unknown>()
    let best: unknown
    const { clock } = await sequenceA((outside) => {
      const subscription = binance(options, outside).ticks().subscribe((tracker) => {
        const { kind, book } = tracker
        books.add(tracker)
        kinds.push(kind)
        if (kind === 'delta') best = [book.bidTicks(0), book.bidLots(0), book.askTicks(0), book.askLots(0), book.synced]
      })
      return () => subscription.unsubscribe()
    })
    expect(kinds).toEqual(['instrument', 'status', 'snapshot', 'delta', 'delta', 'trade', 'delta', 'status'])
    expect(best).toEqual([6_400_010, 125_000, 6_400_025, 60_000, true])
    expect(books.size).toBe(1)
    expect(clock.pending).toBe(0)
  })

  it('ends with one clear error where the venue lists no such symbol', async () => {
    const { clock, links, outside } = venue(spot.snapshot1007)
    const errors: unknown[] = []
    binance({ symbols: ['NOPE'] }, outside).events().subscribe({ error: (error) => errors.push(error) })
    await clock.advance(60 * second)
    expect(errors).toMatchObject([{ code: 'LOB_BAD_OPTION', message: expect.stringContaining('NOPE') }])
    expect(links).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it.each([['bare', spot.shutdownRaw], ['wrapped', spot.shutdownCombined]])('an announced shutdown, %s, starts a successor before the server goes', async (_, text) => {
    const { clock, links, outside, say } = venue(spot.snapshot1007)
    const events: MarketEvent[] = []
    const subscription = binance(options, outside).events().subscribe((event) => events.push(event))
    await clock.advance(100_000)
    say(spot.e1, spot.e2)
    await clock.advance(100_000)
    say(text)
    await clock.advance(100_000)
    expect(links.map(({ open }) => open)).toEqual([true, true])
    say(spot.e3)
    say(spot.trade)
    await clock.advance(1000)
    expect(links.map(({ open }) => open)).toEqual([false, true])
    say(spot.e4)
    expect(events.filter(({ kind }) => kind === 'delta').map(({ seq }) => seq)).toEqual([1010, 1011, 1020])
    expect(events.filter(({ kind }) => kind === 'status')).toHaveLength(1)
    subscription.unsubscribe()
  })

  it('futures: book and aggregates over two connections, one symbol', async () => {
    const info = JSON.parse(spot.exchangeInfo)
    info.symbols[0].filters = [{ filterType: 'PRICE_FILTER', tickSize: '0.10' }, { filterType: 'LOT_SIZE', stepSize: '0.001' }]
    const { clock, links, outside } = venue(usdm.snapshot5005, JSON.stringify(info))
    const events: MarketEvent[] = []
    const subscription = binance({ symbols: ['DEMOUSDT'], market: 'usdm', trades: true, checkQuotes: true }, outside).events().subscribe((event) => events.push(event))
    await clock.advance(100_000)
    expect(links.map(({ url }) => new URL(url).pathname)).toEqual(['/public/stream', '/market/stream'])
    for (const text of [usdm.f1, usdm.f2]) links[0]!.events.message(compact(text))
    await clock.advance(100_000)
    for (const text of [usdm.f3, usdm.bookTicker]) links[0]!.events.message(compact(text))
    links[1]!.events.message(compact(usdm.aggTrade))
    links[1]!.events.close(1006, '')
    expect(events.map((event) => (event.kind === 'status' ? `${event.status} ${event.channel}` : event.kind))).toEqual(['instrument', 'connected book', 'connected trades', 'snapshot', 'delta', 'delta', 'trade', 'disconnected trades'])
    subscription.unsubscribe()
  })
})
