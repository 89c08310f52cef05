import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PriceLadder } from '../../src/exchange/price-ladder.js'

describe.each(['bid', 'ask'] as const)('PriceLadder of %ss', (side) => {
  it('holds every opened price once, best first, after any openings and closings', () => {
    fc.assert(fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: -30, max: 30 })), { maxLength: 120 }), (changes) => {
      const ladder = new PriceLadder(side)
      const open = new Set<number>()
      for (const [opens, ticks] of changes) {
        if (opens) {
          expect(ladder.findOrOpen(ticks).ticks).toBe(ticks)
          open.add(ticks)
        } else {
          const queue = ladder.find(ticks)
          expect(queue !== undefined).toBe(open.delete(ticks))
          if (queue !== undefined) ladder.close(queue)
        }
      }
      const sorted = [...open].sort((a, b) => (side === 'bid' ? b - a : a - b))
      expect(ladder.depth).toBe(sorted.length)
      expect(sorted.map((_, level) => ladder.at(level)!.ticks)).toEqual(sorted)
      expect(ladder.best?.ticks).toBe(sorted[0])
      expect(ladder.at(sorted.length)).toBeUndefined()
    }), { numRuns: 300 })
  })
})
