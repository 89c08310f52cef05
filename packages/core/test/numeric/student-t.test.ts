import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalCdf, studentCdf, studentTwoSided } from '../../src/kernel.js'

const anyT = fc.double({ min: -50, max: 50, noNaN: true })

describe('studentCdf', () => {
  it('has closed forms for one degree (Cauchy), two and four', () => {
    fc.assert(
      fc.property(anyT, (t) => {
        expect(studentCdf(t, 1)).toBeCloseTo(0.5 + Math.atan(t) / Math.PI, 12)
        expect(studentCdf(t, 2)).toBeCloseTo(0.5 + t / (2 * Math.sqrt(2 + t * t)), 12)
        const u = t / Math.sqrt(t * t + 4)
        expect(studentCdf(t, 4)).toBeCloseTo(0.5 + 0.75 * u * (1 - (u * u) / 3), 12)
      }),
    )
  })

  it('is symmetric, half at 0, and a distribution', () => {
    fc.assert(
      fc.property(anyT, fc.double({ min: 0.01, max: 1000, noNaN: true }), (t, degrees) => {
        expect(studentCdf(t, degrees) + studentCdf(-t, degrees)).toBeCloseTo(1, 13)
        expect(studentCdf(t, degrees)).toBeLessThanOrEqual(studentCdf(t + 0.5, degrees))
      }),
    )
    expect([studentCdf(0, 0.25), studentCdf(-Infinity, 3), studentCdf(Infinity, 3)]).toEqual([0.5, 0, 1])
  })

  it('tends to the normal distribution', () => {
    for (const t of [-3, -1, 0.5, 2]) expect(Math.abs(studentCdf(t, 1e8) - normalCdf(t))).toBeLessThan(1e-8)
  })

  it('is NaN without degrees or without a value', () => {
    expect([studentCdf(1, 0), studentCdf(1, -1), studentCdf(NaN, 3), studentTwoSided(1, NaN)]).toEqual([NaN, NaN, NaN, NaN])
  })

  it('keeps its digits in the tail, as the Cauchy law shows', () => {
    for (const t of [1e3, 1e8, 1e12]) expect(studentTwoSided(t, 1) / ((2 / Math.PI) * Math.atan(1 / t))).toBeCloseTo(1, 11)
  })
})
