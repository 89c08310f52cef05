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

it('is empty once cleared, with whatever it held, and may be cleared when empty', () => {
  const map = new SlotMap()
  map.clear()
  for (let key = 0; key < 100; key++) map.set(key, key)
  map.clear()
  expect([map.size, map.get(0), map.get(99)]).toEqual([0, -1, -1])
  map.set(7, 3)
  expect([map.size, map.get(7)]).toEqual([1, 3])
})
