import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pendingRows } from '../../src/window/pending-rows.js'

describe('pendingRows', () => {
  it('does what a Map does, and knows the oldest', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ kind: fc.constant('put' as const), gap: fc.integer({ min: 1, max: 4 }) }) },
      { weight: 5, arbitrary: fc.record({ kind: fc.constant('take' as const), back: fc.integer({ min: -3, max: 30 }) }) },
      { weight: 3, arbitrary: fc.constant({ kind: 'oldest' as const }) },
      { weight: 1, arbitrary: fc.constant({ kind: 'clear' as const }) },
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 300, size: 'max' }), fc.integer({ min: 0, max: 50 }), (steps, firstRow) => {
        const rows = pendingRows<string>()
        const map = new Map<number, string>()
        let row = firstRow
        const take = (one: number): void => {
          expect(rows.take(one)).toBe(map.get(one))
          map.delete(one)
        }
        for (const one of steps) {
          if (one.kind === 'put') {
            row += one.gap
            rows.put(row, `row ${row}`)
            map.set(row, `row ${row}`)
          } else if (one.kind === 'take') take(row - one.back)
          else if (one.kind === 'oldest') {
            const [oldest] = map.keys()
            if (oldest !== undefined) take(oldest)
          } else {
            rows.clear()
            map.clear()
          }
          expect(rows.size).toBe(map.size)
          expect(rows.oldest()).toBe([...map.values()][0])
        }
      }),
      { numRuns: 300 },
    )
  })
})
