import { describe, expect, it } from 'vitest'
import { confusionMatrix, accuracy, topLabel } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

describe('accuracy', () => {
  it('A17', () => {
    expect(accuracy(confusionMatrix(eightRows.truth, eightRows.calls, { classes: 3 }))).toBeCloseTo(0.75, 9)
  })

  it.each(metricsGolden.classification)('equals scikit-learn: $classes classes', ({ truth, probabilities, classes, accuracy: expected }) => {
    expect(accuracy(confusionMatrix(truth, topLabel(truth, probabilities).calls, { classes }))).toBeCloseTo(expected, 12)
  })

  it('is NaN without rows', () => expect(accuracy(confusionMatrix([], [], { classes: 2 }))).toBeNaN())
})
