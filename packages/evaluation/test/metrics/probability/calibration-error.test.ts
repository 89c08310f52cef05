import { describe, expect, it } from 'vitest'
import { calibrationError, topLabel } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

describe('calibrationError', () => {
  it('A17: five bins', () => {
    const { confidence, correct } = topLabel(eightRows.truth, eightRows.probabilities)
    expect(calibrationError(confidence, correct, { bins: 5 })).toBeCloseTo(0.3875, 9)
  })

  it.each(metricsGolden.classification)('equals explicit bin edges: $classes classes', ({ truth, probabilities, ece10, ece15, eceMass12 }) => {
    const { confidence, correct } = topLabel(truth, probabilities)
    expect(calibrationError(confidence, correct, { bins: 10 })).toBeCloseTo(ece10, 12)
    expect(calibrationError(confidence, correct)).toBeCloseTo(ece15, 12)
    expect(calibrationError(confidence, correct, { bins: 12, equal: 'mass' })).toBeCloseTo(eceMass12, 12)
  })

  it('is NaN without rows', () => expect(calibrationError([], [])).toBeNaN())
})
