import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitLine } from '../src/fit-line.js'

const [x, y] = [[1, 2, 4, 7, 11.5, -3], [2.5, 0, 3, 9, 8, -4]]

describe('fitLine', () => {
  // scipy.stats.linregress
  it('is the least-squares line', () => {
    const { slope, intercept, r2, count } = fitLine(x, y)
    expect(slope).toBeCloseTo(0.8837438423645321, 12)
    expect(intercept).toBeCloseTo(-0.23070607553366163, 12)
    expect(r2).toBeCloseTo(0.8312319747651018, 12)
    expect(count).toBe(6)
  })

  it('keeps its digits far from zero', () => {
    const { slope, r2 } = fitLine(x.map((value) => value + 1e9), y)
    expect(slope).toBeCloseTo(0.8837438423645321, 7)
    expect(r2).toBeCloseTo(0.8312319747651018, 7)
  })

  it('leaves out pairs with NaN', () => {
    expect(fitLine([...x, Number.NaN, 3], [...y, 3, Number.NaN])).toEqual(fitLine(x, y))
  })

  it('has no slope where x does not vary, and no R2 where y does not', () => {
    expect(fitLine([2, 2, 2], [1, 2, 3])).toMatchObject({ slope: Number.NaN, r2: Number.NaN, count: 3 })
    expect(fitLine([1, 2, 3], [5, 5, 5])).toMatchObject({ slope: 0, intercept: 5, r2: Number.NaN })
    expect(fitLine([], [])).toMatchObject({ slope: Number.NaN, count: 0 })
  })

  it('finds a line that holds exactly', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), fc.uniqueArray(fc.integer({ min: -1000, max: 1000 }), { minLength: 2 }), (slope, intercept, at) => {
        const fit = fitLine(at, at.map((value) => intercept + slope * value))
        expect(fit.slope).toBeCloseTo(slope, 8)
        expect(fit.intercept).toBeCloseTo(intercept, 6)
      }),
    )
  })
})
