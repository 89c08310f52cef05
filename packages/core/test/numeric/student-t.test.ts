import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normalCdf, studentCdf, studentQuantile, studentTwoSided } from '../../src/kernel.js'

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

  it('refuses degrees that are not above 0 whatever the value', () => {
    expect([studentTwoSided(0, -1), studentTwoSided(Infinity, 0), studentTwoSided(Infinity, -2), studentCdf(0, 0)]).toEqual([NaN, NaN, NaN, NaN])
  })

  it('has its tail where the square of the value is more than a double holds', () => {
    expect(studentTwoSided(1e200, 1) / (2 / Math.PI / 1e200)).toBeCloseTo(1, 9)
    // P(|T| > t) tends to c t^-v: here two values 2^1000 apart.
    expect(studentTwoSided(-(2 ** 900), 0.01) / studentTwoSided(2 ** -100, 0.01)).toBeLessThan(2 ** -8)
    expect(studentTwoSided(2 ** 900, 0.01) / studentTwoSided(2 ** 400, 0.01)).toBeCloseTo(2 ** -5, 11)
  })

  it('keeps its digits in the tail, as the Cauchy law shows', () => {
    for (const t of [1e3, 1e8, 1e12]) expect(studentTwoSided(t, 1) / ((2 / Math.PI) * Math.atan(1 / t))).toBeCloseTo(1, 11)
  })
})

describe('studentQuantile', () => {
  const probabilities = fc.double({ min: 1e-3, max: 0.999, noNaN: true })
  const expectNear = (found: number, expected: number): void => expect(Math.abs(found - expected) / (1 + Math.abs(expected))).toBeLessThan(1e-10)

  it('has closed forms for one degree and two', () => {
    fc.assert(
      fc.property(probabilities, (p) => {
        expectNear(studentQuantile(p, 1), Math.tan(Math.PI * (p - 0.5)))
        expectNear(studentQuantile(p, 2), (2 * p - 1) / Math.sqrt(2 * p * (1 - p)))
      }),
    )
  })

  // The tables of any textbook.
  it.each([[0.95, 3, 2.353], [0.975, 5, 2.571], [0.025, 5, -2.571], [0.995, 10, 3.169], [0.9, 30, 1.31], [0.999, 120, 3.16], [0.75, 4, 0.741], [0.55, 5, 0.132]])('at %d with %d degrees is %d', (p, degrees, t) => {
    expect(Math.abs(studentQuantile(p, degrees) - t)).toBeLessThan(6e-4)
  })

  it('is what the distribution function takes back', () => {
    fc.assert(
      fc.property(probabilities, fc.double({ min: 0.5, max: 1000, noNaN: true }), (p, degrees) => {
        expect(studentCdf(studentQuantile(p, degrees), degrees)).toBeCloseTo(p, 11)
      }),
    )
  })

  it('is 0 in the middle, and as far out as a double goes where the tail is heavier', () => {
    expect([studentQuantile(0.5, 3), studentQuantile(0.5, 0.1)]).toEqual([0, 0])
    expect(studentQuantile(1 - 1e-6, 0.01)).toBeGreaterThan(1e300)
    expect(studentQuantile(1e-6, 0.01)).toBeLessThan(-1e300)
  })

  it.each([[0, 3], [1, 3], [-0.1, 3], [1.1, 3], [NaN, 3], [0.5, 0], [0.7, -1], [0.7, NaN]])('is NaN at %d with %d degrees', (p, degrees) => {
    expect(studentQuantile(p, degrees)).toBeNaN()
  })
})
