import type { MarketEvent } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { replaySource, virtualClock, type WireItem } from '../src/index.js'
import { acmeInstrument, acmeSpec } from './acme/acme-spec.js'

const second = 1_000_000
const start = 1_700_000_000_000_000
const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))

/** A book and a message each second for a hundred seconds. */
const items: readonly WireItem[] = [
  { kind: 'instruments', tsLocal: start, instruments: [acmeInstrument('BTC')] },
  { kind: 'open', tsLocal: start, connection: 1, streams: ['BTC@book'] },
  { kind: 'response', tsLocal: start, symbol: 'BTC', data: encode({ k: 'snapshot', s: 'BTC', id: 0, b: [[9999, 1]], a: [[10001, 1]] }) },
  ...Array.from({ length: 100 }, (_, at): WireItem => ({
    kind: 'frame', tsLocal: start + (at + 1) * second, connection: 1, data: encode({ k: 'book', s: 'BTC', t: start, U: at + 1, u: at + 1, b: [[9999, at + 1]], a: [] }),
  })),
]
async function* open() {
  yield items
}

describe('the pace of a replay', () => {
  it.each([['recorded', 1], [10, 10], [0.5, 0.5]] as const)('%s', async (pace, speed) => {
    const clock = virtualClock()
    const events: MarketEvent[] = []
    let done = false
    const subscription = replaySource(acmeSpec(['BTC']), open, { pace, clock }).events().subscribe({ next: (event) => events.push(event), complete: () => (done = true) })
    await clock.advance(0)
    expect(events.map(({ kind }) => kind)).toEqual(['instrument', 'status', 'snapshot'])
    await clock.advance((50 * second) / speed)
    expect(events).toHaveLength(3 + 50)
    expect(events.at(-1)!.tsLocal).toBe(start + 50 * second)
    await clock.advance((50 * second) / speed)
    expect(events).toHaveLength(3 + 100)
    expect(done).toBe(true)
    expect(subscription.closed).toBe(true)
  })

  it('stops where it is unsubscribed', async () => {
    const clock = virtualClock()
    let seen = 0
    const subscription = replaySource(acmeSpec(['BTC']), open, { pace: 'recorded', clock }).events().subscribe(() => seen++)
    await clock.advance(10 * second)
    subscription.unsubscribe()
    await clock.advance(100 * second)
    expect(seen).toBe(3 + 10)
    expect(clock.pending).toBe(0)
  })

  it.each([0, -1, NaN])('cannot be %s', (pace) => {
    expect(() => replaySource(acmeSpec(['BTC']), open, { pace })).toThrow(/pace/)
  })

  it('says that it is a replay', () => {
    expect(replaySource(acmeSpec(['BTC']), open).supports.timing).toBe('replay')
  })
})
