import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookArchive } from '../../src/venues/book-archive.js'
import { levelHash } from '../../src/venues/level-hash.js'

const change = fc.record({ bid: fc.boolean(), ticks: fc.integer({ min: 1, max: 12 }), lots: fc.integer({ min: 0, max: 3 }), skip: fc.integer({ min: 1, max: 4 }) })

/** A whole copy of the book after every id: too simple to be wrong. */
function replay(changes: readonly { readonly bid: boolean; readonly ticks: number; readonly lots: number; readonly skip: number }[], capacity?: number) {
  const archive = bookArchive(100, capacity)
  const hash = levelHash()
  const bids = new Map<number, number>()
  const asks = new Map<number, number>()
  const copies = [{ id: 100, bids: [] as [number, number][], asks: [] as [number, number][], high: 0, low: 0 }]
  let id = 100
  for (const { bid, ticks, lots, skip } of changes) {
    id += skip
    const side = bid ? bids : asks
    hash.change(bid ? 'bid' : 'ask', ticks, side.get(ticks) ?? 0, lots)
    if (lots > 0) side.set(ticks, lots)
    else side.delete(ticks)
    archive.set(bid ? 'bid' : 'ask', ticks, lots, id)
    copies.push({ id, bids: [...bids].sort(([a], [b]) => b - a), asks: [...asks].sort(([a], [b]) => a - b), high: hash.high, low: hash.low })
  }
  return { archive, copies }
}

describe('bookArchive', () => {
  it('has the book of every id, and tells right hashes from wrong ones', () => {
    fc.assert(fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const { archive, copies } = replay(changes)
      for (const { id, bids, asks, high, low } of copies) {
        expect(archive.bookAt(id)).toEqual({ id, bids, asks })
        expect(archive.matches(id, high, low)).toBe(true)
        expect(archive.matches(id, high ^ 1, low)).toBe(false)
      }
      expect(archive.id).toBe(copies.at(-1)!.id)
    }))
  })

  it('takes an id between two changes for the one before, and knows nothing of the future and the forgotten past', () => {
    const { archive } = replay(Array.from({ length: 20 }, (_, at) => ({ bid: true, ticks: 1 + at, lots: 1, skip: 3 })), 8)
    expect(archive.bookAt(archive.id - 1)).toEqual(archive.bookAt(archive.id - 3))
    expect(archive.bookAt(archive.id + 1)).toBeUndefined()
    expect(archive.matches(100, 0, 0)).toBeUndefined()
    expect(archive.bookAt(100)).toBeUndefined()
  })
})

describe('levelHash', () => {
  it('depends on the levels alone, not on how they came', () => {
    fc.assert(fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const { copies } = replay(changes)
      const last = copies.at(-1)!
      const fresh = levelHash()
      for (const [ticks, lots] of last.asks) fresh.change('ask', ticks, 0, lots)
      for (const [ticks, lots] of last.bids) fresh.change('bid', ticks, 0, lots)
      expect([fresh.high, fresh.low]).toEqual([last.high, last.low])
    }))
  })

  it('tells sides, prices and sizes apart', () => {
    const seen = new Set<string>()
    for (const side of ['bid', 'ask'] as const) {
      for (let ticks = 1; ticks <= 100; ticks++) {
        for (let lots = 1; lots <= 100; lots++) {
          const hash = levelHash()
          hash.change(side, ticks, 0, lots)
          seen.add(`${hash.high} ${hash.low}`)
        }
      }
    }
    expect(seen.size).toBe(20_000)
  })
})
