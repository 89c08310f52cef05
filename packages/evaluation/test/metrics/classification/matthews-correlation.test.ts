import { describe, expect, it } from 'vitest'
import { confusionMatrix, matthewsCorrelation, topLabel } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

describe('matthewsCorrelation', () => {
  it('A17', () => {
    expect(matthewsCorrelation(confusionMatrix(eightRows.truth, eightRows.calls, { classes: 3 }))).toBeCloseTo(0.6428571429, 9)
  })

  it.each(metricsGolden.classification)('equals scikit-learn: $classes classes', ({ truth, probabilities, classes, mcc: expected }) => {
    expect(matthewsCorrelation(confusionMatrix(truth, topLabel(truth, probabilities).calls, { classes }))).toBeCloseTo(expected, 12)
  })

  it('is 0 where one class is called or present, NaN without rows', () => {
    expect(matthewsCorrelation(confusionMatrix([0, 1, 1], [1, 1, 1], { classes: 2 }))).toBe(0)
    expect(matthewsCorrelation(confusionMatrix([1, 1, 1], [0, 1, 1], { classes: 2 }))).toBe(0)
    expect(matthewsCorrelation(confusionMatrix([], [], { classes: 2 }))).toBeNaN()
  })
})
