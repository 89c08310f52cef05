import { BookTracker, seededRandom } from '@rxlob/core'
import { feedCore } from '@rxlob/feed'
import { damagedBytes } from '@rxlob/testkit'
import { describe, expect, it } from 'vitest'
import { coinbaseSpec, type CoinbaseOptions } from '../src/index.js'
import { advanced, demo, encode, exchange, orders } from './fixtures.js'

const frames = Number(process.env['RXLOB_FUZZ_FRAMES'] ?? 40_000)
const symbols = ['DEMO-USD']

const hostile = ['null', '[]', '7', '"x"', '{}', '{"type":"__proto__"}', '{"__proto__":{"type":"snapshot"}}', '{"type":"snapshot","product_id":"__proto__","bids":[],"asks":[]}', '{"channel":"l2_data","sequence_num":1e999,"events":[{"__proto__":1}]}']

describe.each([
  ['Exchange', { symbols, feed: 'exchange', trades: true }, [exchange.snapshot, exchange.update1, exchange.update2, exchange.match, exchange.lastMatch, exchange.heartbeat, exchange.ticker, exchange.subscriptions], exchange.snapshot.replace('"type": "snapshot"', '"sequence": 5')],
  ['orders', { symbols, feed: 'exchange', book: 'full', exchangeKey: { key: 'k', passphrase: 'p', secret: 'c2VjcmV0' } }, [...orders.messages, orders.afterGap, exchange.heartbeat, exchange.ticker], orders.book],
  ['Advanced Trade', { symbols, trades: true }, [advanced.snapshot, advanced.subscriptions, advanced.update, advanced.heartbeat, advanced.trades, advanced.ticker], ''],
] as [string, CoinbaseOptions, string[], string][])('damaged frames of %s', (_, options, texts, rest) => {
  it(`${frames} of them: nothing is thrown, and every book says truly whether it is valid`, () => {
    const spec = coinbaseSpec(options)
    const tracker = new BookTracker(demo, Infinity)
    let gaps = 0
    let lives = 0
    const core = feedCore(spec, (event) => {
      tracker.apply(event)
      if (event.kind === 'status' && event.status === 'gap') gaps++
      if (event.kind === 'snapshot') lives++
    })
    const random = seededRandom(31)
    const bodies = texts.map((text) => JSON.stringify(JSON.parse(text)))
    let tsLocal = 1_790_000_000_000_000
    let number = 0
    core.accept({ kind: 'instruments', tsLocal, instruments: [demo] })
    let connection = 0
    for (let i = 0; i < frames; i++) {
      tsLocal += 1000
      if (i % 40 === 0) {
        if (connection > 0) core.accept({ kind: 'close', tsLocal, connection, reason: 'test' })
        core.accept({ kind: 'open', tsLocal, connection: ++connection, streams: spec.streams!.map(({ name }) => name) })
        number = -1
      }
      const text = bodies[options.book === 'full' && random() < 0.9 ? i % bodies.length : Math.floor(random() * bodies.length)]!.replace(/"sequence_num":\d+/, () => `"sequence_num":${random() < 0.97 ? ++number : number + 5}`)
      const roll = random()
      core.accept({ kind: 'frame', tsLocal, connection, data: roll < 0.02 ? encode(hostile[Math.floor(random() * hostile.length)]) : roll < 0.6 ? damagedBytes(encode(text), random) : encode(text) })
      if (i % 20 === 0 && rest !== '') core.accept({ kind: 'response', tsLocal, symbol: 'DEMO-USD', data: random() < 0.3 ? damagedBytes(encode(rest), random) : encode(rest) })
      expect(tracker.book.synced).toBe(core.book(demo.id)!.live)
    }
    expect(core.counts.badMessages).toBeGreaterThan(frames / 20)
    expect(lives).toBeGreaterThan(frames / 400)
    expect(gaps).toBeGreaterThan(frames / 400)
    expect(Object.getOwnPropertyNames(Object.prototype)).toHaveLength(12)
  })
})
