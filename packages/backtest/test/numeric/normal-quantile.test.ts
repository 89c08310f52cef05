import { describe, expect, it } from 'vitest'
import { normalQuantile } from '../../src/numeric/normal-quantile.js'

// scipy.special.ndtri
describe('quantiles', () => {
  it.each([
    [0.5, 0], [0.95, 1.6448536269514729], [0.975, 1.959963984540054], [0.9999, 3.719016485455709], [0.02, -2.0537489106318225], [1e-10, -6.361340902404056], [1e-300, -37.0470962993612],
  ])('%s', (p, z) => expect(Math.abs(normalQuantile(p) - z)).toBeLessThan(1e-9 * Math.max(1, Math.abs(z))))
  it('ends', () => {
    expect(normalQuantile(0)).toBe(-Infinity)
    expect(normalQuantile(1)).toBe(Infinity)
    expect(normalQuantile(1.1)).toBeNaN()
    expect(normalQuantile(NaN)).toBeNaN()
  })
})
