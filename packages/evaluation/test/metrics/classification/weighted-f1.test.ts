import { describe, expect, it } from 'vitest'
import { confusionMatrix, weightedF1, topLabel } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

describe('weightedF1', () => {
  it('A17', () => {
    expect(weightedF1(confusionMatrix(eightRows.truth, eightRows.calls, { classes: 3 }))).toBeCloseTo(0.75, 9)
  })

  it.each(metricsGolden.classification)('equals scikit-learn: $classes classes', ({ truth, probabilities, classes, weightedF1: expected }) => {
    expect(weightedF1(confusionMatrix(truth, topLabel(truth, probabilities).calls, { classes }))).toBeCloseTo(expected, 12)
  })

  it('is NaN without rows', () => expect(weightedF1(confusionMatrix([], [], { classes: 2 }))).toBeNaN())
})
