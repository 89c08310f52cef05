import { describe, expect, it } from 'vitest'
import { confusionMatrix, macroF1, topLabel } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

describe('macroF1', () => {
  it('A17', () => {
    expect(macroF1(confusionMatrix(eightRows.truth, eightRows.calls, { classes: 3 }))).toBeCloseTo(0.7555555556, 9)
  })

  it.each(metricsGolden.classification)('equals scikit-learn: $classes classes', ({ truth, probabilities, classes, macroF1: expected }) => {
    expect(macroF1(confusionMatrix(truth, topLabel(truth, probabilities).calls, { classes }))).toBeCloseTo(expected, 12)
  })

  it('counts a class that is absent and never called as 0', () => {
    expect(macroF1(confusionMatrix([0, 1], [0, 1], { classes: 4 }))).toBe(0.5)
    expect(macroF1(confusionMatrix([], [], { classes: 2 }))).toBeNaN()
  })
})
