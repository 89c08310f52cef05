import { describe, expect, it } from 'vitest'
import { neweyWestVariance } from '../../../src/index.js'
import { metricsGolden } from '../../golden/golden.js'

describe('neweyWestVariance', () => {
  it('A21: t statistic of a mean with two lags', () => {
    const returns = [0.01, -0.005, 0.007, 0.003, -0.012, 0.009, 0.004, -0.002, 0.006, -0.001]
    const mean = returns.reduce((sum, value) => sum + value, 0) / returns.length
    expect(mean / Math.sqrt(neweyWestVariance(returns, { lagRows: 2 }) / returns.length)).toBeCloseTo(1.9967944269, 9)
  })

  it.each(metricsGolden.comparison)('equals statsmodels: lag $lag', ({ a, b, lag, longRun }) => {
    expect(neweyWestVariance(a.map((loss, row) => loss - b[row]!), { lagRows: lag })).toBeCloseTo(longRun, 9)
  })

  it('is the population variance without lags', () => expect(neweyWestVariance([1, 2, 3, 6], { lagRows: 0 })).toBe(3.5))

  it('is NaN without rows', () => expect(neweyWestVariance([], { lagRows: 3 })).toBeNaN())
})
