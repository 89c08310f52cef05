import { describe, expect, it } from 'vitest'
import { rankedProbabilityScore } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

describe('rankedProbabilityScore', () => {
  it('A17', () => expect(rankedProbabilityScore(eightRows.truth, eightRows.probabilities)).toBeCloseTo(0.2084375, 9))

  it.each(metricsGolden.classification)('equals the reference: $classes classes', ({ truth, probabilities, rps: expected }) => {
    expect(rankedProbabilityScore(truth, probabilities)).toBeCloseTo(expected, 12)
  })

  it('is NaN without rows and refuses shapes that do not match', () => {
    expect(rankedProbabilityScore([], [])).toBeNaN()
    expect(() => rankedProbabilityScore([0, 1], [0.5, 0.5, 1])).toThrow('row-major')
    expect(() => rankedProbabilityScore([0, 2], [0.5, 0.5, 1, 0])).toThrow('expected a class from 0 to 1')
  })

  it('punishes a far miss more than a near one', () => {
    expect(rankedProbabilityScore([2], [0, 1, 0])).toBe(1)
    expect(rankedProbabilityScore([2], [1, 0, 0])).toBe(2)
  })
})
