import { describe, expect, it } from 'vitest'
import { eventDigest } from '../event-digest.ts'
import { liveSource } from '../live-source.ts'

describe('the digest of a stream', () => {
  const trade = (price: number) => ({ kind: 'trade', instrument: 'a:B', tsExchange: 1, tsLocal: 2, price, size: 1, aggressor: 'buy', print: 'regular' }) as const

  it('is of every bit and of the order', () => {
    const [one, same, other, swapped] = [eventDigest(), eventDigest(), eventDigest(), eventDigest()]
    for (const digest of [one, same]) for (const price of [1, 2]) digest.add(trade(price))
    for (const price of [1, 2 + Number.EPSILON * 2]) other.add(trade(price))
    for (const price of [2, 1]) swapped.add(trade(price))
    expect(one.text()).toBe('2 events (trade 2)')
    expect(one.hash()).toBe(same.hash())
    expect(new Set([one.hash(), other.hash(), swapped.hash()]).size).toBe(3)
  })
})

describe('the source of a venue', () => {
  it('is of the server that was named, trades included', () => {
    const { spec } = liveSource({ venue: 'coinbase', url: 'http://localhost:9001' })
    expect(spec.url).toBe('ws://localhost:9001')
    expect(spec.supports.trades).toBe(true)
    expect(() => liveSource({ venue: 'nyse' })).toThrow(/expected binance or coinbase, got nyse/)
  })
})
