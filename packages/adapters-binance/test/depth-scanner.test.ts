import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { eventsToBatch, growingBatch, Op, seededRandom, type EventBatch, type Instrument, type MarketEvent } from '@rxlob/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { binanceNormalizer, captureInstrument, depthScanner, readMessage } from '../src/index.js'
import { demo, demoFutures, encode, spot, usdm } from './fixtures.js'

const tsLocal = 1_790_000_001_000_000

/** What the parsed path makes of a frame; undefined where it is no book difference, or cannot be true. */
function parsed(frame: Uint8Array, instruments: readonly Instrument[], timeUnit: 'ms' | 'us'): EventBatch | undefined {
  try {
    const message = readMessage(frame)
    const instrument = message.type === 'depth' ? instruments.find(({ symbol }) => symbol === message.symbol) : undefined
    if (instrument === undefined) return undefined
    const batch = eventsToBatch({ kind: 'instrument', instrument: instrument.id, tsExchange: 0, tsLocal: 0, definition: instrument, levels: 5000 })
    binanceNormalizer({ venue: instrument.venue, timeUnit }).normalize(message, tsLocal, (event) => batch.push(event as Exclude<MarketEvent, { kind: 'instrument' }>))
    return batch.take()
  } catch {
    return undefined
  }
}

const rowsOf = (batch: EventBatch): unknown[] =>
  Array.from({ length: batch.length }, (_, row) => [batch.op[row], batch.flags[row], batch.ticks[row], batch.lots[row], batch.tsExchange[row], batch.tsLocal[row], batch.seq![row]])

function scannedRows(scanner: ReturnType<typeof depthScanner>, frame: Uint8Array, instruments: readonly Instrument[]): { rows: unknown[]; numbers: unknown } | undefined {
  const scanned = scanner.scan(frame)
  if (scanned === undefined) return undefined
  const out = growingBatch({ instrument: instruments.find(({ id }) => id === scanned.instrument)!, sequences: true })
  const { pairs, bidsFrom, bidsTo, asksFrom, asksTo } = scanned.levels
  for (let level = bidsFrom; level < bidsTo; level++) out.row(Op.setBid, pairs[2 * level]!, pairs[2 * level + 1]!)
  for (let level = asksFrom; level < asksTo; level++) out.row(Op.setAsk, pairs[2 * level]!, pairs[2 * level + 1]!)
  if (bidsFrom === bidsTo && asksFrom === asksTo) out.row(Op.none, 0, 0)
  out.end(scanned.tsExchange, tsLocal, scanned.seq)
  const { U, u, pu } = scanned.raw as { U: number; u: number; pu: number | undefined; type: string } & object as { U: number; u: number; pu: number | undefined }
  return { rows: rowsOf(out.take()), numbers: { U, u, pu } }
}

const compact = (text: string): Uint8Array => encode(JSON.stringify(JSON.parse(text)))

/** The scanner reads in WebAssembly, and without it in JavaScript. */
const hosts = ['WebAssembly', 'JavaScript alone'] as const
function hostIs(host: (typeof hosts)[number]): void {
  beforeEach(() => void (host === 'JavaScript alone' && vi.stubGlobal('WebAssembly', undefined)))
  afterEach(() => void vi.unstubAllGlobals())
}

describe.each(hosts)('frames of the wire in %s', (host) => {
  hostIs(host)

  it.each([
    ['spot E2', spot.e2, demo],
    ['spot E3, one side empty', spot.e3, demo],
    ['futures F2, with ps and st', usdm.f2, demoFutures],
    ['futures F3', usdm.f3, demoFutures],
  ])('%s are scanned as they are parsed', (_, text, instrument) => {
    const scanner = depthScanner([instrument], 'ms')
    const found = scannedRows(scanner, compact(text), [instrument])!
    expect(found.rows).toEqual(rowsOf(parsed(encode(text), [instrument], 'ms')!))
    const { U, u, pu } = JSON.parse(text).data
    expect(found.numbers).toEqual({ U, u, pu })
  })

  it('asks before bids come out bids first', () => {
    const frame = encode('{"e":"depthUpdate","E":1790000000100,"s":"DEMOUSDT","U":1,"u":2,"a":[["2.00","1.00000"]],"b":[["1.00","1.00000"],["0.50","0"]]}')
    expect(scannedRows(depthScanner([demo], 'ms'), frame, [demo])!.rows).toEqual(rowsOf(parsed(frame, [demo], 'ms')!))
  })

  it('a message without levels makes one row that touches none', () => {
    const frame = encode('{"e":"depthUpdate","E":1790000000100,"s":"DEMOUSDT","U":1,"u":2,"b":[],"a":[]}')
    expect(scannedRows(depthScanner([demo], 'ms'), frame, [demo])!.rows).toEqual(rowsOf(parsed(frame, [demo], 'ms')!))
  })

  it.each([
    ['a blank', '{"e": "depthUpdate","E":1790000000100,"s":"DEMOUSDT","U":1,"u":2,"b":[],"a":[]}'],
    ['a price off the grid', '{"e":"depthUpdate","E":1790000000100,"s":"DEMOUSDT","U":1,"u":2,"b":[["1.001","1"]],"a":[]}'],
    ['an unknown field', '{"e":"depthUpdate","E":1790000000100,"s":"DEMOUSDT","U":1,"u":2,"b":[],"a":[],"z":1}'],
    ['a field twice', '{"e":"depthUpdate","E":1790000000100,"s":"DEMOUSDT","U":1,"u":2,"u":3,"b":[],"a":[]}'],
    ['another symbol', '{"e":"depthUpdate","E":1790000000100,"s":"OTHER","U":1,"u":2,"b":[],"a":[]}'],
    ['an exponent', '{"e":"depthUpdate","E":1790000000100,"s":"DEMOUSDT","U":1,"u":2,"b":[["1e2","1"]],"a":[]}'],
    ['U above u', '{"e":"depthUpdate","E":1790000000100,"s":"DEMOUSDT","U":3,"u":2,"b":[],"a":[]}'],
    ['another unit of time', '{"e":"depthUpdate","E":1790000000100000,"s":"DEMOUSDT","U":1,"u":2,"b":[],"a":[]}'],
    ['an id above 2^53', '{"e":"depthUpdate","E":1790000000100,"s":"DEMOUSDT","U":1,"u":9007199254740993,"b":[],"a":[]}'],
    ['best levels in the shape of differences', '{"stream":"demousdt@depth5@100ms","data":{"e":"depthUpdate","E":1790000000100,"s":"DEMOUSDT","U":1,"u":2,"b":[],"a":[]}}'],
    ['a trade', JSON.stringify(JSON.parse(spot.trade))],
  ])('%s is left to the parser', (_, text) => expect(depthScanner([demo], 'ms').scan(encode(text))).toBeUndefined())
})

describe.each(hosts)('against the parser in %s', (host) => {
  hostIs(host)

  /** A frame of random levels, sometimes of the other shape, with prices as the venue would write them. */
  function made(random: () => number): string {
    const futures = random() < 0.5
    const level = (): string => {
      const price = (Math.floor(random() * 1e7) / 100).toFixed(random() < 0.5 ? 8 : 2)
      const size = random() < 0.3 ? (random() < 0.5 ? '0.00000000' : '0') : (Math.floor(random() * 1e6) / 1e5).toFixed(random() < 0.5 ? 8 : 5)
      return `["${price}","${size}"]`
    }
    const side = (): string => `[${Array.from({ length: Math.floor(random() * 6) }, level).join(',')}]`
    const u = Math.floor(random() * 1e12)
    const fields = [
      '"e":"depthUpdate"', '"E":1790000000100', ...(futures ? ['"T":1790000000095'] : []), '"s":"DEMOUSDT"', ...(futures && random() < 0.5 ? ['"ps":"DEMOUSDT"', '"st":1'] : []),
      `"U":${u - Math.floor(random() * 9)}`, `"u":${u}`, ...(futures ? [`"pu":${u - 10}`] : []),
    ]
    const [b, a] = [`"b":${side()}`, `"a":${side()}`]
    const body = `{${[...fields, ...(random() < 0.9 ? [b, a] : [a, b])].join(',')}}`
    return random() < 0.7 ? `{"stream":"demousdt@depth@100ms","data":${body}}` : body
  }
  const letters = '0123456789.-+eE"[]{},:\\ abspuUTtx\u0000\u00ff'
  function mutated(text: string, random: () => number): string {
    let result = text
    for (let i = Math.floor(random() * 3); i >= 0; i--) {
      const at = Math.floor(random() * result.length)
      const kind = random()
      if (kind < 0.4) result = result.slice(0, at) + letters[Math.floor(random() * letters.length)]! + result.slice(at + 1)
      else if (kind < 0.6) result = result.slice(0, at) + result.slice(at + 1 + Math.floor(random() * 4))
      else if (kind < 0.8) result = result.slice(0, at) + letters[Math.floor(random() * letters.length)]! + result.slice(at)
      else if (kind < 0.9) result = result.slice(0, at)
      else result = result.slice(0, at) + result.slice(Math.floor(random() * result.length))
    }
    return result
  }

  const frames = Number(process.env['RXLOB_FUZZ_FRAMES'] ?? (host === 'WebAssembly' ? 60_000 : 20_000))
  it(`agrees on ${frames} frames, most of them damaged`, () => {
    const random = seededRandom(20261122)
    const scanner = depthScanner([demo], 'ms')
    let scannedFrames = 0
    let parsedFrames = 0
    for (let i = 0; i < frames; i++) {
      const intact = made(random)
      const text = i % 4 === 0 ? intact : mutated(intact, random)
      const frame = encode(text)
      const found = scannedRows(scanner, frame, [demo])
      const expected = parsed(frame, [demo], 'ms')
      if (expected !== undefined) parsedFrames++
      if (found === undefined) {
        if (i % 4 === 0) expect.fail(`an intact frame was not scanned: ${text}`)
        continue
      }
      scannedFrames++
      if (expected === undefined) expect.fail(`scanned what the parser refuses: ${text}`)
      if (JSON.stringify(found.rows) !== JSON.stringify(rowsOf(expected))) expect(found.rows, text).toEqual(rowsOf(expected))
    }
    expect(scannedFrames).toBeGreaterThan(frames / 4)
    expect(parsedFrames).toBeGreaterThan(scannedFrames)
  })

  it('agrees on grids and number lengths of every kind', () => {
    const random = seededRandom(20261126)
    const steps = [0.01, 0.5, 0.25, 1, 10, 1e-5, 1e-8, 1e-9, 0.0025]
    const text = (step: number): string => {
      const own = Math.max(0, Math.ceil(-Math.log10(step)) + (step === 0.25 || step === 0.0025 ? 1 : 0))
      const count = Math.floor(random() * 10 ** Math.floor(1 + random() * 7))
      const decimals = [own, own, 8, 8, own + 1, own + 4][Math.floor(random() * 6)]!
      // Now and then between two steps, or written with zeros or a bare point around it.
      const shown = (count * step + (random() < 0.02 ? step / 3 : 0)).toFixed(Math.min(15, Math.max(own, decimals)))
      return random() < 0.02 ? `0${shown}` : random() < 0.02 ? shown.replace(/^\d+/, '') : random() < 0.02 ? shown.replace(/\d$/, ':') : random() < 0.02 ? shown.replace(/0+$/, '') : shown
    }
    let scanned = 0
    for (let at = 0; at < 3_000; at++) {
      const instrument = { ...demo, tickSize: steps[Math.floor(random() * steps.length)]!, lotSize: steps[Math.floor(random() * steps.length)]! }
      const scanner = depthScanner([instrument], 'ms')
      for (let again = 0; again < 3; again++) {
        const side = (): string => Array.from({ length: Math.floor(random() * 5) }, () => `["${text(instrument.tickSize)}","${text(instrument.lotSize)}"]`).join(',')
        const frame = `{"e":"depthUpdate","E":1790000000100,"s":"DEMOUSDT","U":1,"u":2,"b":[${side()}],"a":[${side()}]}`
        const found = scannedRows(scanner, encode(frame), [instrument])
        if (found === undefined) continue
        scanned++
        const expected = parsed(encode(frame), [instrument], 'ms')
        if (expected === undefined) expect.fail(`scanned what the parser refuses: ${frame}`)
        if (JSON.stringify(found.rows) !== JSON.stringify(rowsOf(expected))) expect(found.rows, frame).toEqual(rowsOf(expected))
      }
    }
    expect(scanned).toBeGreaterThan(4_000)
  })

  const data = process.env['RXLOB_DATA']
  it.skipIf(data === undefined || !existsSync(`${data}/binance/hftbacktest`))('scans every difference of a recorded day exactly as it is parsed', () => {
    for (const [path, market, symbol] of [['spot/btcusdt_20240808.gz', 'spot', 'BTCUSDT'], ['usdm/ethusdt_20240808.gz', 'usdm', 'ETHUSDT'], ['cm/ethusd_perp_20240809.gz', 'coinm', 'ETHUSD_PERP']] as const) {
      const instrument = captureInstrument(market, symbol)
      const scanner = depthScanner([instrument], 'ms')
      let compared = 0
      for (const line of gunzipSync(readFileSync(`${data}/binance/hftbacktest/${path}`)).toString('latin1').split('\n')) {
        if (!line.includes('"depthUpdate"')) continue
        const frame = encode(line.slice(20))
        const found = scannedRows(scanner, frame, [instrument])
        expect(found, line).toBeDefined()
        expect(JSON.stringify(found!.rows)).toBe(JSON.stringify(rowsOf(parsed(frame, [instrument], 'ms')!)))
        compared++
      }
      expect(compared).toBeGreaterThan(3000)
    }
  })
})
