import { describe, expect, it } from 'vitest'
import { pearsonCorrelation } from '../../../src/index.js'
import { metricsGolden } from '../../golden/golden.js'

describe('pearsonCorrelation', () => {
  it.each(metricsGolden.regression)('equals scipy, offset $offset', ({ x, y, pearson }) => {
    expect(pearsonCorrelation(x, y)).toBeCloseTo(pearson, 9)
  })

  it('leaves rows with a NaN out', () => expect(pearsonCorrelation([1, NaN, 2, 3], [4, 0, 6, 8])).toBeCloseTo(1, 12))

  it('is NaN where undefined', () => {
    expect(pearsonCorrelation([1], [1])).toBeNaN()
    expect(pearsonCorrelation([1, 1], [1, 2])).toBeNaN()
    expect(() => pearsonCorrelation([1], [1, 2])).toThrow('equal length')
  })
})
