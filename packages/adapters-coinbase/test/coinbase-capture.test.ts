import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { zstdCompressSync } from 'node:zlib'
import { BookTracker, type MarketEvent } from '@rxlob/core'
import { feedCore } from '@rxlob/feed'
import { lastValueFrom, toArray } from 'rxjs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { coinbaseCapture, openCoinbaseCapture, type CoinbaseCaptureOptions } from '../src/index.js'
import { advanced, demo, exchange } from './fixtures.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rxlob-coinbase-'))
})
afterAll(() => rm(folder, { recursive: true }))

const compact = (text: string): string => JSON.stringify(JSON.parse(text))
const seconds = 1_790_000_000
const messages = [exchange.subscriptions, exchange.snapshot, exchange.lastMatch, exchange.update1, exchange.update2, exchange.match].map(compact)
const frames = [advanced.snapshot, advanced.subscriptions, advanced.update, advanced.heartbeat, advanced.trades].map(compact)

const layouts: Record<CoinbaseCaptureOptions['layout'], { content: string; feed: 'exchange' | 'advanced' }> = {
  'receive-time': { feed: 'exchange', content: messages.map((line, at) => `${seconds}00000000${at} ${line}`).join('\n') },
  'cryptofeed-text': { feed: 'exchange', content: [`wss://ws-feed.pro.coinbase.com <-> ${seconds}.01`, `wss://ws-feed.pro.coinbase.com <- ${seconds}.02: {"type":"subscribe"}`, ...messages.map((line, at) => `${seconds}.${at + 1}: ${line}`)].join('\n') },
  'cryptofeed-jsonl': { feed: 'advanced', content: [{ t: 'header' }, { t: 'http', ts: seconds - 1, url: 'https://api.coinbase.com/api/v3/brokerage/market/products', data: advanced.products }, { t: 'connect', ts: seconds, addr: 'wss://advanced-trade-ws.coinbase.com' }, ...frames.map((data, at) => ({ t: 'recv', ts: seconds + (at + 1) / 10, data }))].map((line) => JSON.stringify(line)).join('\n') },
  'json-lines': { feed: 'exchange', content: messages.join('\n') },
}
const eventsOf = (options: CoinbaseCaptureOptions): Promise<MarketEvent[]> => lastValueFrom(coinbaseCapture(options).events().pipe(toArray()))
async function written(layout: CoinbaseCaptureOptions['layout']): Promise<CoinbaseCaptureOptions> {
  const file = join(folder, `${layout}.zst`)
  await writeFile(file, zstdCompressSync(Buffer.from(layouts[layout].content)))
  return { files: [file], layout, feed: layouts[layout].feed, symbols: ['DEMO-USD'], instruments: [demo] }
}

describe('one market in every layout', () => {
  it.each(Object.keys(layouts) as (keyof typeof layouts)[])('%s', async (layout) => {
    const options = await written(layout)
    const events = await eventsOf(options)
    expect(events[0]).toMatchObject({ kind: 'instrument', definition: demo })
    const tracker = new BookTracker(demo, Infinity)
    for (const event of events) tracker.apply(event)
    const end = layouts[layout].feed === 'exchange' ? exchange.end : advanced.end
    expect([tracker.book.bidDepth, tracker.book.askDepth]).toEqual([end.bids.length, end.asks.length])
    expect([tracker.book.bidTicks(0), tracker.book.askTicks(0)]).toEqual([Math.round(end.bids[0]![0]! * 100), Math.round(end.asks[0]![0]! * 100)])
    expect(events.filter(({ kind }) => kind === 'trade').length).toBe(layouts[layout].feed === 'exchange' ? 1 : 2)
    const times = events.map(({ tsLocal }) => tsLocal)
    expect(times).toEqual([...times].sort((a, b) => a - b))
    expect(await eventsOf(options)).toEqual(events)
  })

  it('of an unknown layout or symbol', async () => {
    expect(() => openCoinbaseCapture({ files: ['x'], layout: 'odd' as never, symbols: ['DEMO-USD'] }).open()).toThrow(/layout/)
    await expect(eventsOf({ ...(await written('json-lines')), instruments: [] })).rejects.toThrow(/table no DEMO-USD/)
  })

  it('a line that cannot be read invalidates the book and does not end the replay', async () => {
    const file = join(folder, 'bad.jsonl')
    await writeFile(file, [...messages.slice(0, 4), '{"type":"l2upd', messages[4]].join('\n'))
    const events = await eventsOf({ files: [file], layout: 'json-lines', symbols: ['DEMO-USD'], instruments: [demo] })
    expect(events.at(-1)).toMatchObject({ kind: 'status', status: 'gap' })
  })
})

const data = process.env['RXLOB_DATA']
describe('public captures', () => {
  const coinbase = `${data}/coinbase`
  it.skipIf(data === undefined || !existsSync(coinbase))('Advanced Trade: 1,030 numbered frames, none lost, two books, never crossed', async () => {
    const { spec, open } = openCoinbaseCapture({ files: [`${coinbase}/cryptofeed/COINBASE.jsonl.zst`], layout: 'cryptofeed-jsonl', feed: 'advanced', symbols: ['BTC-USD', 'ETH-USD'] })
    let changes = 0
    const core = feedCore(spec, (event) => {
      if (event.kind === 'delta' || event.kind === 'snapshot') changes += event.bids.length + event.asks.length
    })
    for await (const slice of open()) for (const item of slice) core.accept(item)
    expect(core.counts).toMatchObject({ frames: 1030, gaps: 0, crossed: 0, resyncs: 0, badMessages: 0, snapshots: 2 })
    expect(changes).toBe(74_193)
  })

  it.skipIf(data === undefined || !existsSync(coinbase))('takers buy at the ask and sell at the bid: the sides of trades agree with the quotes before them', async () => {
    const options: CoinbaseCaptureOptions = { files: [`${coinbase}/cryptofeed/COINBASE.jsonl.zst`], layout: 'cryptofeed-jsonl', feed: 'advanced', symbols: ['BTC-USD', 'ETH-USD'] }
    const trackers = new Map<string, BookTracker>()
    const signs = { right: 0, wrong: 0 }
    for (const event of await eventsOf(options)) {
      if (event.kind === 'instrument') trackers.set(event.instrument, new BookTracker(event.definition, event.levels))
      const tracker = trackers.get(event.instrument)!
      if (event.kind === 'trade' && tracker.book.synced) {
        const mid = ((tracker.book.bidTicks(0) + tracker.book.askTicks(0)) / 2) * tracker.instrument.tickSize
        if (event.price !== mid) signs[event.price > mid === (event.aggressor === 'buy') ? 'right' : 'wrong']++
      }
      tracker.apply(event)
    }
    expect(signs.right + signs.wrong).toBeGreaterThan(50)
    expect(signs.right).toBeGreaterThan(4 * signs.wrong)
  })

  it.skipIf(data === undefined || !existsSync(coinbase))('Exchange of 2018 and 2021: every trade in its place, never crossed', async () => {
    const captures: CoinbaseCaptureOptions[] = [
      { files: [`${coinbase}/gdax_2018/2018-04-17T0055_BTC-USD.jsonl.zst`], layout: 'json-lines', symbols: ['BTC-USD'] },
      { files: [`${coinbase}/cryptofeed/COINBASE.ws.28.0.zst`], layout: 'cryptofeed-text', symbols: ['SKL-USD', 'SKL-BTC', 'BAND-GBP', 'NMR-EUR', 'BAND-BTC', 'YFI-BTC', 'DASH-BTC', 'NU-GBP', 'CRV-EUR', 'SKL-GBP'] },
    ]
    const kinds: Record<string, number>[] = []
    for (const capture of captures) {
      const counts: Record<string, number> = {}
      for (const { kind } of await eventsOf(capture)) counts[kind] = (counts[kind] ?? 0) + 1
      kinds.push(counts)
    }
    expect(kinds).toEqual([
      { instrument: 1, status: 1, snapshot: 1, delta: 18_093, trade: 256 },
      { instrument: 10, status: 10, snapshot: 10, delta: 9719, trade: 97 },
    ])
  })
})
