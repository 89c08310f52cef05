import { describe, expect, it } from 'vitest'
import { logGammaStep } from '../../src/numeric/log-gamma-step.js'

describe('logGammaStep', () => {
  it('is the logarithm of a product for every integer, by either formula', () => {
    // Gamma(n + 1/2) / Gamma(n) = sqrt(pi) / 2 times (3/2)/1 (5/2)/2 ... (n - 1/2) / (n - 1).
    let expected = 0.5 * Math.log(Math.PI) - Math.LN2
    for (let n = 1; n <= 300; n++) {
      if (n > 1) expected += Math.log1p(0.5 / (n - 1))
      expect(Math.abs(logGammaStep(n) - expected), `${n}`).toBeLessThan(n < 100 ? 4e-13 : 3e-14)
    }
  })

  it('has known values at the half integers', () => {
    // Gamma(1/2) = sqrt(pi), Gamma(3/2) = sqrt(pi) / 2, Gamma(5/2) = 3 sqrt(pi) / 4.
    expect(logGammaStep(0.5)).toBeCloseTo(-0.5 * Math.log(Math.PI), 14)
    expect(logGammaStep(1.5)).toBeCloseTo(Math.LN2 - 0.5 * Math.log(Math.PI), 14)
    expect(logGammaStep(2.5)).toBeCloseTo(Math.log(8 / 3) - 0.5 * Math.log(Math.PI), 14)
  })

  it('keeps its digits for large numbers, where the two logarithms nearly cancel', () => {
    expect(logGammaStep(1e12)).toBeCloseTo(6 * Math.LN10, 12)
  })
})
