import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sortedSums } from '../../src/numeric/sorted-sums.js'

describe('sortedSums', () => {
  it('equals a map of sums, sorted, after any values', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: -30, max: 30 }), fc.integer({ min: -3, max: 3 })), { maxLength: 200, size: 'max' }), (entries) => {
        const state = sortedSums.init()
        const sums = new Map<number, number>()
        for (const [key, value] of entries) {
          sortedSums.add(state, key, value)
          sums.set(key, (sums.get(key) ?? 0) + value)
        }
        const expected = [...sums].filter(([, sum]) => sum !== 0).sort(([a], [b]) => a - b)
        expect(Array.from({ length: state.length }, (_, at) => [state.keys[at], state.sums[at]])).toEqual(expected)
        expect(state.total).toBe(expected.reduce((total, [, sum]) => total + sum, 0))
        for (let key = -31; key <= 31; key++) expect(sortedSums.lowerBound(state, key)).toBe(expected.filter(([held]) => held < key).length)
      }),
    )
  })
})
