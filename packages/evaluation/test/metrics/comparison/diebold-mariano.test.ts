import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { dieboldMariano } from '../../../src/index.js'
import { metricsGolden } from '../../golden/golden.js'

describe('dieboldMariano', () => {
  it.each(metricsGolden.comparison)('equals statsmodels HAC with the Harvey correction: horizon $horizon, lag $lag', ({ a, b, horizon, lag, mean, statistic, p }) => {
    const test = dieboldMariano(a, b, { horizonRows: horizon, lagRows: lag })
    expect(test.meanDifference).toBeCloseTo(mean, 12)
    expect(test.statistic).toBeCloseTo(statistic, 10)
    expect(test.pValue).toBeCloseTo(p, 9)
  })

  it('rejects equal forecasts about as often as it says, overlapping horizons included', () => {
    const random = seededRandom(5)
    const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
    let rejected = 0
    const trials = 400
    for (let trial = 0; trial < trials; trial++) {
      // Moving averages over 5 rows: the loss of overlapping five-row forecasts.
      const shocks = Float64Array.from({ length: 605 }, normal)
      const loss = Float64Array.from({ length: 600 }, (_, row) => shocks.subarray(row, row + 5).reduce((sum, x) => sum + x, 0))
      if (dieboldMariano(loss, new Float64Array(600), { horizonRows: 5, lagRows: 15 }).pValue < 0.05) rejected++
    }
    // 5 % nominal: the naive test, which takes rows for independent, rejects 38 % here.
    expect(rejected / trials).toBeGreaterThan(0.02)
    expect(rejected / trials).toBeLessThan(0.11)
  })

  it('takes at least the lags of the horizon', () => {
    const losses = Float64Array.from({ length: 400 }, (_, row) => Math.sin(row))
    const zero = new Float64Array(400)
    expect(dieboldMariano(losses, zero, { horizonRows: 30 }).lagRows).toBe(29)
    expect(dieboldMariano(losses, zero, { horizonRows: 1 }).lagRows).toBe(5)
  })

  it('is NaN where every difference is equal', () => {
    expect(dieboldMariano([1, 1, 1, 1], [1, 1, 1, 1], { horizonRows: 1, lagRows: 0 })).toEqual({ meanDifference: 0, statistic: NaN, pValue: NaN, lagRows: 0 })
  })

  it('refuses bad input', () => {
    expect(() => dieboldMariano([1, 2, 3], [1, 2, 4], { horizonRows: 2 })).toThrow('more than 4 rows')
    expect(() => dieboldMariano([1, 2, 3, 4], [1, NaN, 4, 5], { horizonRows: 1 })).toThrow('row 1 is NaN')
    expect(() => dieboldMariano([1, 2, 3, 4], [1, 4, 5], { horizonRows: 1 })).toThrow('equal length')
    expect(() => dieboldMariano([1, 2, 3, 4, 5, 6, 7], [1, 4, 5, 1, 2, 3, 3], { horizonRows: 3, lagRows: 1 })).toThrow('lagRows')
  })
})
