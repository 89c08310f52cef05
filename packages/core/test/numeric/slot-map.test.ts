import fc from 'fast-check'
import { expect, it } from 'vitest'
import { SlotMap } from '../../src/numeric/slot-map.js'

it('equals a Map after any sets and deletes, with keys that collide', () => {
  const key = fc.oneof(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 0, max: 40 }).map((n) => n * 4294967296), fc.maxSafeNat())
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), key), { maxLength: 2000, size: 'max' }), (steps) => {
      const map = new SlotMap()
      const naive = new Map<number, number>()
      steps.forEach(([put, key], slot) => {
        if (put) {
          map.set(key, slot)
          naive.set(key, slot)
        } else {
          map.delete(key)
          naive.delete(key)
        }
        expect(map.get(key)).toBe(naive.get(key) ?? -1)
      })
      expect(map.size).toBe(naive.size)
      for (const [key, slot] of naive) expect(map.get(key)).toBe(slot)
    }),
    { numRuns: 60 },
  )
})
