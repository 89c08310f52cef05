import { describe, expect, it } from 'vitest'
import { gaussianCrps } from '../../../src/index.js'
import { metricsGolden } from '../../golden/golden.js'

describe('gaussianCrps', () => {
  it('A17', () => {
    expect(gaussianCrps(0.5, { mean: 0, deviation: 1 })).toBeCloseTo(0.3314035313, 9)
    expect(gaussianCrps(-1, { mean: 1, deviation: 2 })).toBeCloseTo(1.2048827152, 9)
  })

  it.each(metricsGolden.crpsGaussian)('equals the integral of the squared distance: %d under N(%d, %d)', (actual, mean, deviation, expected) => {
    expect(gaussianCrps(actual, { mean, deviation })).toBeCloseTo(expected, 9)
  })

  it('is the absolute error without spread, NaN with a negative one', () => {
    expect(gaussianCrps(3, { mean: 1, deviation: 0 })).toBe(2)
    expect(gaussianCrps(3, { mean: 1, deviation: -1 })).toBeNaN()
    expect(gaussianCrps(NaN, { mean: 1, deviation: 1 })).toBeNaN()
  })
})
