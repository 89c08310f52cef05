import { describe, expect, it } from 'vitest'
import { averagePrecision, oneVersusRest } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

describe('averagePrecision', () => {
  it('A17, one class against the rest', () => {
    const { perClass } = oneVersusRest(averagePrecision, eightRows.truth, eightRows.probabilities)
    ;[1, 0.9166666667, 0.9166666667].forEach((value, k) => expect(perClass[k]).toBeCloseTo(value, 9))
  })

  it.each(metricsGolden.classification)('equals scikit-learn: $classes classes', ({ truth, probabilities, averagePrecision: expected }) => {
    oneVersusRest(averagePrecision, truth, probabilities).perClass.forEach((value, k) => expect(value).toBeCloseTo(expected[k]!, 12))
  })

  it('is the class share for a constant score, NaN without a positive row or with a NaN score', () => {
    expect(averagePrecision([1, 0, 0, 1, 0], [2, 2, 2, 2, 2])).toBeCloseTo(0.4)
    expect(averagePrecision([0, 0], [1, 2])).toBeNaN()
    expect(averagePrecision([0, 1], [1, NaN])).toBeNaN()
  })
})
