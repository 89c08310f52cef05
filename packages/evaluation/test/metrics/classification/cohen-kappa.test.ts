import { describe, expect, it } from 'vitest'
import { confusionMatrix, cohenKappa, topLabel } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

describe('cohenKappa', () => {
  it('A17', () => {
    expect(cohenKappa(confusionMatrix(eightRows.truth, eightRows.calls, { classes: 3 }))).toBeCloseTo(0.6279069767, 9)
  })

  it.each(metricsGolden.classification)('equals scikit-learn: $classes classes', ({ truth, probabilities, classes, kappa: expected }) => {
    expect(cohenKappa(confusionMatrix(truth, topLabel(truth, probabilities).calls, { classes }))).toBeCloseTo(expected, 12)
  })

  it('is NaN where chance alone agrees', () => expect(cohenKappa(confusionMatrix([1, 1], [1, 1], { classes: 2 }))).toBeNaN())
})
