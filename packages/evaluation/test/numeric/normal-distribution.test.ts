import { describe, expect, it } from 'vitest'
import { inverseMills, normalCdf, normalDensity } from '../../src/index.js'
import { metricsGolden } from '../golden/golden.js'

describe('the normal distribution', () => {
  it.each(metricsGolden.normal)('at %d equals scipy to 1e-12', (z, cdf, mills) => {
    expect(Math.abs(normalCdf(z) / cdf - 1)).toBeLessThan(1e-12)
    expect(Math.abs(normalCdf(z) - cdf)).toBeLessThan(1e-15)
    expect(Math.abs(inverseMills(z) / mills - 1)).toBeLessThan(1e-12)
  })

  it('has its limits', () => {
    expect(normalCdf(-Infinity)).toBe(0)
    expect(normalCdf(Infinity)).toBe(1)
    expect(normalCdf(0)).toBe(0.5)
    expect(normalCdf(NaN)).toBeNaN()
    expect(normalDensity(0)).toBeCloseTo(1 / Math.sqrt(2 * Math.PI), 15)
    expect(inverseMills(-1e8)).toBe(1e8 + 1e-8)
    expect(inverseMills(50)).toBe(0)
  })
})
