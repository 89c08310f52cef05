import type { BookDelta, BookSnapshot, PriceLevel } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { bookGuard } from '../src/book-guard.js'
import { zeroCounts } from '../src/feed-counts.js'
import { acmeInstrument } from './acme/acme-spec.js'

const header = (tsLocal: number, seq: number) => ({ instrument: 'acme:BTC', tsExchange: tsLocal, tsLocal, seq }) as const
const snapshot = (seq: number, bids: PriceLevel[], asks: PriceLevel[]): BookSnapshot => ({ kind: 'snapshot', ...header(seq, seq), bids, asks })
const delta = (seq: number, bids: PriceLevel[], asks: PriceLevel[] = [], tsLocal = seq): BookDelta => ({ kind: 'delta', ...header(tsLocal, seq), bids, asks })
const guarding = (levels = 1000) => {
  const counts = zeroCounts()
  return { counts, guard: bookGuard({ definition: acmeInstrument('BTC'), levels }, { counts, knownLevels: 3 }) }
}
const opening = snapshot(10, [[99, 1], [98, 1]], [[101, 1], [102, 1]])

describe('crossed books', () => {
  it('are said once an episode, and start again after the third event', () => {
    const { guard, counts } = guarding()
    expect(guard.observe(opening)).toBe('fine')
    expect(guard.observe(delta(11, [[101, 1]]))).toBe('crossed')
    expect([guard.observe(delta(12, [])), guard.observe(delta(13, []))]).toEqual(['fine', 'fine'])
    expect(guard.observe(delta(14, []))).toEqual({ resync: 'crossed' })
    expect(counts.crossed).toBe(4)
  })
  it('or after 250 ms', () => {
    const { guard } = guarding()
    guard.observe(opening)
    guard.observe(delta(11, [[101, 1]], [], 1_000_000))
    expect(guard.crossedSince).toBe(1_000_000)
    expect(guard.observe(delta(12, [], [], 1_249_999))).toBe('fine')
    expect(guard.observe(delta(13, [], [], 1_250_000))).toEqual({ resync: 'crossed' })
  })
  it('that heal are forgotten', () => {
    const { guard } = guarding()
    guard.observe(opening)
    guard.observe(delta(11, [[101, 1]]))
    expect(guard.observe(delta(12, [[101, 0]]))).toBe('fine')
    expect(guard.crossedSince).toBeUndefined()
    expect(guard.observe(delta(13, [[103, 1]]))).toBe('crossed')
  })
  it('may be, while the market is halted', () => {
    const { guard } = guarding()
    guard.observe(opening)
    guard.halted = true
    guard.observe(delta(11, [[101, 1]]))
    for (let seq = 12; seq < 30; seq++) expect(guard.observe(delta(seq, []))).toBe('fine')
  })
})

describe('best prices of the same id', () => {
  const quote = (seq: number, bid = 99, bidSize = 1, ask = 101, askSize = 1) => ({ seq, bid, bidSize, ask, askSize })
  it('are compared when the book is there, before or after', () => {
    const { guard, counts } = guarding()
    guard.observe(opening)
    expect(guard.quote(quote(10))).toBe(true)
    expect(guard.quote(quote(11))).toBe(true)
    expect(guard.quote(quote(12, 99, 2))).toBe(true)
    expect(counts.quotesCompared).toBe(1)
    expect(guard.observe(delta(12, [[99, 2]]))).toBe('fine')
    expect(guard.quote(quote(11, 50))).toBe(true)
    expect(counts).toMatchObject({ quotesCompared: 2, quoteMismatches: 0 })
  })
  it.each([
    ['bid', quote(10, 98)], ['bid size', quote(10, 99, 2)], ['ask', quote(10, 99, 1, 102)], ['ask size', quote(10, 99, 1, 101, 2)], ['no bids', quote(10, 0, 0)],
  ])('another %s is a contradiction', (_, other) => {
    const { guard, counts } = guarding()
    guard.observe(opening)
    expect(guard.quote(other)).toBe(false)
    expect(counts.quoteMismatches).toBe(1)
    const late = guarding()
    late.guard.quote(other)
    expect(late.guard.observe(opening)).toEqual({ resync: 'quote mismatch' })
  })
  it('an empty side is a quote of size 0', () => {
    const { guard, counts } = guarding()
    guard.observe(snapshot(10, [], [[101, 1]]))
    expect(guard.quote(quote(10, 0, 0))).toBe(true)
    expect(counts.quotesCompared).toBe(1)
  })
  it('that never meet are forgotten in the end', () => {
    const { guard, counts } = guarding()
    for (let seq = 1; seq <= 10_000; seq++) guard.quote(quote(seq))
    guard.observe(snapshot(1, [[99, 1]], [[101, 1]]))
    expect(counts.quotesCompared).toBe(0)
    guard.observe(snapshot(5000, [[99, 1]], [[101, 1]]))
    expect(counts.quotesCompared).toBe(1)
  })
})

describe('the grid and the depth', () => {
  it('an event off the grid is told apart', () => {
    const { guard, counts } = guarding()
    expect(guard.observe(snapshot(10, [[99.005, 1]], []))).toBe('off-grid')
    expect(counts.offGrid).toBe(1)
  })
  it('too few known levels make a book shallow, an empty side known whole does not', () => {
    const { guard } = guarding(2)
    guard.observe(opening)
    expect(guard.shallow).toBe(false)
    guard.observe(delta(11, [[99, 0]]))
    expect(guard.shallow).toBe(true)
    const whole = guarding(1000)
    whole.guard.observe(opening)
    whole.guard.observe(delta(11, [[99, 0], [98, 0]]))
    expect(whole.guard.shallow).toBe(false)
  })
})
