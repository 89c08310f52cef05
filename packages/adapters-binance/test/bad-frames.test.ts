import { BookTracker, seededRandom, type MarketEvent } from '@rxlob/core'
import { feedCore } from '@rxlob/feed'
import { damagedBytes } from '@rxlob/testkit'
import { describe, expect, it } from 'vitest'
import { binanceSpec, type BinanceMarket } from '../src/index.js'
import { demo, demoFutures, encode, spot, usdm } from './fixtures.js'

const frames = Number(process.env['RXLOB_FUZZ_FRAMES'] ?? 60_000)

describe.each([
  ['spot', demo, [spot.e1, spot.e2, spot.e3, spot.e4, spot.trade, spot.aggTrade, spot.bookTicker, spot.partial, spot.shutdownRaw, spot.badMethod], spot.snapshot1007],
  ['usdm', demoFutures, [usdm.f1, usdm.f2, usdm.f3, usdm.f4Gap, usdm.bookTicker, usdm.aggTrade, usdm.insurance], usdm.snapshot5005],
] as const)('damaged frames of %s', (market, definition, texts, snapshot) => {
  it.each([['parsed', false], ['scanned', true]] as const)(`${frames} of them, %s: nothing is thrown, and every book says truly whether it is valid`, (_, scanned) => {
    const spec = binanceSpec({ market: market as BinanceMarket, symbols: ['DEMOUSDT'], trades: true, checkQuotes: true, timeUnit: 'ms', snapshotLevels: 1000 })
    const tracker = new BookTracker(definition, 1000)
    const events: MarketEvent['kind'][] = []
    let resyncs = 0
    const core = feedCore(spec, (event) => {
      tracker.apply(event)
      events.push(event.kind)
      if (event.kind === 'status' && event.status === 'gap' && event.channel === 'book') resyncs++
    }, {}, scanned ? (batch) => void tracker.applyRows(batch, 0) : undefined)
    const random = seededRandom(market === 'spot' ? 77 : 78)
    const intact = texts.map((text) => encode(JSON.stringify(JSON.parse(text))))
    let tsLocal = 1_790_000_000_000_000
    core.accept({ kind: 'instruments', tsLocal, instruments: [definition] })
    core.accept({ kind: 'open', tsLocal, connection: 1, streams: spec.streams!.map(({ name }) => name) })
    for (let i = 0; i < frames; i++) {
      tsLocal += 1000
      const frame = intact[Math.floor(random() * intact.length)]!
      core.accept({ kind: 'frame', tsLocal, connection: 1, data: random() < 0.8 ? damagedBytes(frame, random) : frame })
      if (i % 50 === 0) core.accept({ kind: 'response', tsLocal, symbol: 'DEMOUSDT', data: random() < 0.3 ? damagedBytes(encode(snapshot), random) : encode(snapshot) })
      expect(tracker.book.synced).toBe(core.book(definition.id)!.live)
    }
    expect(core.counts.badMessages).toBeGreaterThan(frames / 10)
    expect(core.counts.applied).toBeGreaterThan(50)
    expect(resyncs).toBeGreaterThan(10)
    expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(12)
  })
})
