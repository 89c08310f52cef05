import { describe, expect, it } from 'vitest'
import { inverseMills, normalCdf, normalDensity } from '../../src/kernel.js'

describe('the normal distribution', () => {
  // scipy.stats.norm.cdf
  it.each([[-40, 0], [-5, 2.866515718791939e-7], [-1.5, 0.06680720126885807], [0, 0.5], [1, 0.8413447460685429], [2.7, 0.9965330261969594]])('at %d is %d', (z, cdf) => {
    expect(Math.abs(normalCdf(z) - cdf)).toBeLessThan(1e-15)
  })

  it('is 1 far above, and NaN of NaN', () => {
    expect([normalCdf(40), normalCdf(1e10), normalCdf(Infinity), normalCdf(NaN)]).toEqual([1, 1, 1, NaN])
  })

  it('is the integral of its density, and its ratio', () => {
    let sum = 0
    for (let i = 0; i < 20_000; i++) sum += normalDensity(-10 + (i + 0.5) * 5e-4) * 5e-4
    expect(sum).toBeCloseTo(normalCdf(0), 8)
    // Far in the tail both vanish and their ratio is -z + 1 / z to the third power of 1 / z.
    expect(inverseMills(-1e4)).toBeCloseTo(1e4 + 1e-4, 9)
    expect(inverseMills(-40)).toBeCloseTo(normalDensity(-30) / normalCdf(-30) + 10, 1)
    expect(inverseMills(-1.5)).toBeCloseTo(normalDensity(-1.5) / 0.06680720126885807, 13)
  })
})
