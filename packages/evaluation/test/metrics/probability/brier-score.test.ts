import { describe, expect, it } from 'vitest'
import { brierScore } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

describe('brierScore', () => {
  it('A17', () => expect(brierScore(eightRows.truth, eightRows.probabilities)).toBeCloseTo(0.355, 9))

  it.each(metricsGolden.classification)('equals the reference: $classes classes', ({ truth, probabilities, brier: expected }) => {
    expect(brierScore(truth, probabilities)).toBeCloseTo(expected, 12)
  })

  it('is NaN without rows and refuses shapes that do not match', () => {
    expect(brierScore([], [])).toBeNaN()
    expect(() => brierScore([0, 1], [0.5, 0.5, 1])).toThrow('row-major')
    expect(() => brierScore([0, 2], [0.5, 0.5, 1, 0])).toThrow('expected a class from 0 to 1')
  })

  it('runs from 0 to 2', () => {
    expect(brierScore([1, 0], [0, 1, 1, 0])).toBe(0)
    expect(brierScore([1, 0], [1, 0, 0, 1])).toBe(2)
  })
})
