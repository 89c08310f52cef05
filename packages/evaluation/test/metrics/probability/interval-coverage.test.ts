import { describe, expect, it } from 'vitest'
import { intervalCoverage } from '../../../src/index.js'

describe('intervalCoverage', () => {
  it('counts the ends as inside and leaves rows with a NaN out', () => {
    expect(intervalCoverage([1, 2, 3, 4, NaN, 6], [1, 0, 4, 0, 0, NaN], [2, 2, 5, 3, 9, 9])).toBe(0.5)
    expect(intervalCoverage([NaN], [0], [1])).toBeNaN()
  })

  it('refuses unequal lengths', () => expect(() => intervalCoverage([1], [0], [1, 2])).toThrow('equal length'))
})
