import { describe, expect, it } from 'vitest'
import { spearmanCorrelation } from '../../../src/index.js'
import { metricsGolden } from '../../golden/golden.js'

describe('spearmanCorrelation', () => {
  it.each(metricsGolden.regression)('equals scipy, offset $offset', ({ x, y, spearman }) => {
    expect(spearmanCorrelation(x.map((value) => Math.round(value / 50)), y.map(Math.round))).toBeCloseTo(spearman, 9)
  })

  it('leaves rows with a NaN out', () => expect(spearmanCorrelation([1, NaN, 2, 3], [4, 0, 6, 8])).toBeCloseTo(1, 12))

  it('is NaN where undefined', () => {
    expect(spearmanCorrelation([1], [1])).toBeNaN()
    expect(spearmanCorrelation([1, 1], [1, 2])).toBeNaN()
    expect(() => spearmanCorrelation([1], [1, 2])).toThrow('equal length')
  })
})
