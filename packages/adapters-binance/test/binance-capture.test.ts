import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import type { MarketEvent } from '@rxlob/core'
import { feedCore } from '@rxlob/feed'
import { lastValueFrom, toArray } from 'rxjs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { binanceCapture, openBinanceCapture, type BinanceCaptureOptions } from '../src/index.js'
import { demo, spot } from './fixtures.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rxlob-capture-'))
})
afterEach(() => rm(folder, { recursive: true }))

const compact = (text: string): string => JSON.stringify(JSON.parse(text))
const [e1, e2, e3, e4, snapshot, ticker] = [spot.e1, spot.e2, spot.e3, spot.e4, spot.snapshot1007, spot.bookTicker].map(compact) as [string, string, string, string, string, string]
const seconds = 1_790_000_000

/** Sequence A as each recorder would have written it. */
const layouts: Record<BinanceCaptureOptions['layout'], [name: string, content: string | Buffer][]> = {
  'receive-time': [['day1.gz', gzipSync([e1, e2, snapshot].map((line, at) => `${seconds}00000000${at} ${line}\n`).join(''))], ['day2.zst', zstdCompressSync(Buffer.from([e3, ticker, e4].map((line, at) => `${seconds}10000000${at} ${line}\n`).join('')))]],
  'cryptofeed-text': [['a.0', `configuration: {"l2_book":["DEMO-USDT"]}\nwss://stream.binance.com:9443/stream?streams=demousdt@depth@100ms\n${seconds}.1: ${e1}\r\n${seconds}.2: ${e2}\nhttps://www.binance.com/api/v1/depth?symbol=DEMOUSDT&limit=1000 -> ${seconds}.25: ${snapshot}\n\n${seconds}.3: ${e3}\n${seconds}.4: ${e4}\n`]],
  'cryptofeed-jsonl': [['a.jsonl', [
    { t: 'header', format: 2 },
    { t: 'http', ts: seconds - 1, url: 'https://api.binance.com/api/v3/exchangeInfo', data: spot.exchangeInfo },
    { t: 'http', ts: seconds + 0.25, url: 'https://api.binance.com/api/v3/depth?symbol=DEMOUSDT&limit=1000', data: snapshot },
    { t: 'connect', ts: seconds, addr: 'wss://stream.binance.com:9443/stream?streams=demousdt@depth@100ms' },
    { t: 'send', ts: seconds, data: '{}' },
    ...[e1, e2, e3, e4].map((data, at) => ({ t: 'recv', ts: seconds + (at + 1) / 10, data })),
  ].map((line) => JSON.stringify(line)).join('\n')]],
  json: [['DEMOUSDT_snapshot.json', snapshot], ['DEMOUSDT_update.json', JSON.stringify([e1, e2, e3, e4].map((line) => JSON.parse(line).data))]],
}

async function open(layout: BinanceCaptureOptions['layout']): Promise<BinanceCaptureOptions> {
  for (const [name, content] of layouts[layout]) await writeFile(join(folder, name), content)
  return { files: layouts[layout].map(([name]) => join(folder, name)), layout, symbols: ['DEMOUSDT'], instruments: [demo] }
}
const eventsOf = (options: BinanceCaptureOptions): Promise<MarketEvent[]> => lastValueFrom(binanceCapture(options).events().pipe(toArray()))

describe('one market in every layout', () => {
  it.each(Object.keys(layouts) as (keyof typeof layouts)[])('%s gives the same book', async (layout) => {
    const events = await eventsOf(await open(layout))
    expect(events[0]!.kind).toBe('instrument')
    expect(events.filter(({ kind }) => kind === 'snapshot' || kind === 'delta').map(({ seq }) => seq)).toEqual([1007, 1010, 1011, 1020])
    expect(events.filter(({ kind }) => kind === 'status').map((event) => (event as { status: string }).status)).toEqual(['connected'])
    const times = events.map(({ tsLocal }) => tsLocal)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  it('reads receive times to the microsecond', async () => {
    const events = await eventsOf(await open('receive-time'))
    expect(events.at(-1)!.tsLocal).toBe(seconds * 1e6 + 100_000)
  })

  it('gives the same twice, and as batches', async () => {
    const options = await open('receive-time')
    expect(await eventsOf(options)).toEqual(await eventsOf(options))
    let events = 0
    for await (const batch of binanceCapture(options).batches!()) for (let row = 0; row < batch.length; row++) events += batch.flags[row]! & 1
    expect(events).toBe((await eventsOf(options)).length - 1)
  })
})

describe('captures that are not whole', () => {
  it('without a snapshot: no book, and it says nothing false', async () => {
    await writeFile(join(folder, 'a.0'), `${seconds}.1: ${e1}\n${seconds}.2: ${e2}\n`)
    const events = await eventsOf({ files: [join(folder, 'a.0')], layout: 'cryptofeed-text', symbols: ['DEMOUSDT'], instruments: [demo] })
    expect(events.map(({ kind }) => kind)).toEqual(['instrument', 'status'])
  })

  it('with a hole: a gap in-band', async () => {
    await writeFile(join(folder, 'a.0'), [e1, e2].map((line, at) => `${seconds}.${at}: ${line}\n`).join('') + `https://x/depth?symbol=DEMOUSDT -> ${seconds}.2: ${snapshot}\n${seconds}.4: ${e4}\n`)
    const events = await eventsOf({ files: [join(folder, 'a.0')], layout: 'cryptofeed-text', symbols: ['DEMOUSDT'], instruments: [demo] })
    expect(events.at(-1)).toMatchObject({ status: 'gap', fromSeq: 1011, toSeq: 1011 })
  })

  it.each([
    ['receive-time', 'hello world\n', /receive time of 19 digits/],
    ['cryptofeed-text', 'hello\n', /unix seconds/],
    ['cryptofeed-jsonl', '{"t":\n', /JSON object a line/],
    ['cryptofeed-jsonl', '{"t":"odd","ts":1}\n', /header, http, connect/],
    ['json', '[{"e":', /end of a JSON array/],
    ['json', 'x', /JSON array of messages/],
  ] as const)('%s: %j names the file', async (layout, content, message) => {
    const file = join(folder, 'bad')
    await writeFile(file, content)
    await expect(eventsOf({ files: [file], layout, symbols: ['DEMOUSDT'], instruments: [demo] })).rejects.toMatchObject({ code: 'LOB_BAD_FILE', message: expect.stringMatching(message), where: { file } })
  })

  it('compressed and cut in the middle', async () => {
    const whole = gzipSync(Buffer.from(`${seconds}000000000 ${e1}\n`.repeat(2000)))
    await writeFile(join(folder, 'cut.gz'), whole.subarray(0, whole.length / 2))
    await expect(eventsOf({ files: [join(folder, 'cut.gz')], layout: 'receive-time', symbols: ['DEMOUSDT'], instruments: [demo] })).rejects.toMatchObject({ code: 'LOB_BAD_FILE' })
    const packed = zstdCompressSync(Buffer.from(`${seconds}000000000 ${e1}\n`.repeat(2000)))
    await writeFile(join(folder, 'cut.zst'), packed.subarray(0, packed.length / 2))
    await expect(eventsOf({ files: [join(folder, 'cut.zst')], layout: 'receive-time', symbols: ['DEMOUSDT'], instruments: [demo] })).rejects.toMatchObject({ code: 'LOB_BAD_FILE', message: expect.stringMatching(/whole zstd frame/) })
  })

  it('of an unknown layout or symbol', async () => {
    expect(() => openBinanceCapture({ files: ['x'], layout: 'odd' as never, symbols: ['DEMOUSDT'] }).open()).toThrow(/layout/)
    await expect(eventsOf({ ...(await open('receive-time')), instruments: [] })).rejects.toThrow(/table no spot DEMOUSDT/)
  })
})

const data = process.env['RXLOB_DATA']
describe('public captures', () => {
  it.skipIf(data === undefined || !existsSync(`${data}/binance/hftbacktest`))('two days of spot ETHUSDT join: the edge case of a message that ends at the snapshot, and 1,056 best prices', async () => {
    const { spec, open: items } = openBinanceCapture({ files: ['08', '09'].map((day) => `${data}/binance/hftbacktest/spot/ethusdt_202408${day}.gz`), layout: 'receive-time', symbols: ['ETHUSDT'] })
    const core = feedCore(spec, () => {})
    for await (const slice of items()) for (const item of slice) core.accept(item)
    expect(core.counts).toMatchObject({ frames: 79_743, gaps: 0, crossed: 0, resyncs: 0, quotesCompared: 1056, quoteMismatches: 0, badMessages: 0, snapshots: 1, stale: 2 })
  })

  it.skipIf(data === undefined || !existsSync(`${data}/binance/cryptofeed`))('orders that rest off the new grid: the grid is refined, the book is whole', async () => {
    const options: BinanceCaptureOptions = { files: [`${data}/binance/cryptofeed/BINANCE_FUTURES.jsonl.zst`], layout: 'cryptofeed-jsonl', market: 'usdm', symbols: ['SUSHIUSDT', 'AKROUSDT', 'KEEPUSDT', 'CTKUSDT'] }
    const events = await eventsOf(options)
    expect(events.filter(({ kind }) => kind === 'instrument')).toHaveLength(5)
    expect(events.filter(({ kind }) => kind === 'snapshot')).toHaveLength(4)
    expect(events.some((event) => event.kind === 'status' && event.status === 'gap')).toBe(false)
  })
})
