import { describe, expect, it } from 'vitest'
import { olsRegression } from '../../../src/index.js'
import { metricsGolden } from '../../golden/golden.js'

describe('olsRegression', () => {
  it.each(metricsGolden.regression)('equals statsmodels with HC0 errors, offset $offset', ({ x, y, offset, ...golden }) => {
    const fit = olsRegression(x, y)
    expect(fit.slope).toBeCloseTo(golden.slope, 10)
    expect(fit.intercept + fit.slope * offset).toBeCloseTo(golden.centredIntercept, offset === 0 ? 10 : 6)
    expect(fit.r2).toBeCloseTo(golden.r2, 10)
    expect(fit.slopeError).toBeCloseTo(golden.slopeError, 10)
    expect(fit.interceptError / golden.interceptError).toBeCloseTo(1, 8)
    expect(fit.rows).toBe(x.length)
  })

  it('loses no digits to a price level', () => {
    // 2^40 + small integers: exact in doubles, but their squares are not.
    const base = 2 ** 40
    const { slope, intercept, r2 } = olsRegression([base, base + 1, base + 2, base + 3], [0, 2, 4, 6])
    expect(slope).toBe(2)
    expect(intercept).toBe(-2 * base)
    expect(r2).toBe(1)
  })

  it('leaves rows with a NaN out', () => {
    expect(olsRegression([1, 2, NaN, 3, 4], [3, 5, 1, 7, NaN])).toEqual({ slope: 2, intercept: 1, r2: 1, slopeError: 0, interceptError: 0, rows: 3 })
  })

  it('is NaN where no line is defined', () => {
    const none = { slope: NaN, intercept: NaN, r2: NaN, slopeError: NaN, interceptError: NaN }
    expect(olsRegression([], [])).toEqual({ ...none, rows: 0 })
    expect(olsRegression([1], [1])).toEqual({ ...none, rows: 1 })
    expect(olsRegression([2, 2, 2], [1, 2, 3])).toEqual({ ...none, rows: 3 })
    expect(olsRegression([1, 2, 3], [5, 5, 5]).r2).toBeNaN()
    expect(() => olsRegression([1], [1, 2])).toThrow('equal length')
  })
})
