import { describe, expect, it } from 'vitest'
import { confusionMatrix, balancedAccuracy, topLabel } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

describe('balancedAccuracy', () => {
  it('A17', () => {
    expect(balancedAccuracy(confusionMatrix(eightRows.truth, eightRows.calls, { classes: 3 }))).toBeCloseTo(0.7777777778, 9)
  })

  it.each(metricsGolden.classification)('equals scikit-learn: $classes classes', ({ truth, probabilities, classes, balancedAccuracy: expected }) => {
    expect(balancedAccuracy(confusionMatrix(truth, topLabel(truth, probabilities).calls, { classes }))).toBeCloseTo(expected, 12)
  })

  it('leaves absent classes out', () => {
    expect(balancedAccuracy(confusionMatrix([0, 0, 1, 1], [0, 2, 1, 1], { classes: 3 }))).toBe(0.75)
    expect(balancedAccuracy(confusionMatrix([], [], { classes: 2 }))).toBeNaN()
  })
})
