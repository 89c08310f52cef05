import { describe, expect, it } from 'vitest'
import { negativeLogLikelihood } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

describe('negativeLogLikelihood', () => {
  it('A17', () => expect(negativeLogLikelihood(eightRows.truth, eightRows.probabilities)).toBeCloseTo(0.6551948791, 9))

  it.each(metricsGolden.classification)('equals the reference: $classes classes', ({ truth, probabilities, nll: expected }) => {
    expect(negativeLogLikelihood(truth, probabilities)).toBeCloseTo(expected, 12)
  })

  it('is NaN without rows and refuses shapes that do not match', () => {
    expect(negativeLogLikelihood([], [])).toBeNaN()
    expect(() => negativeLogLikelihood([0, 1], [0.5, 0.5, 1])).toThrow('row-major')
    expect(() => negativeLogLikelihood([0, 2], [0.5, 0.5, 1, 0])).toThrow('expected a class from 0 to 1')
  })

  it('clips at 1e-15', () => expect(negativeLogLikelihood([1], [1, 0])).toBeCloseTo(15 * Math.LN10, 9))
})
