import { expect, it } from 'vitest'
import { squareRootImpact } from '../../src/index.js'

const market = { dailyVolatility: 0.02, dailyVolume: 1e6 }

// 0.02 sqrt(5000 / 1e6), and the cost a share at 50 with a half-spread of .005 and a fee of .003.
it('a hundredth of a percent by hand', () => {
  const impact = squareRootImpact(5000, { ...market, impact: 1 })
  expect(impact).toBeCloseTo(0.0014142136, 9)
  expect(impact * 50 * 5000).toBeCloseTo(353.5533906, 6)
  expect(0.005 + impact * 50 + 0.003).toBeCloseTo(0.0787106781, 9)
})

it('no impact of nothing', () => expect(squareRootImpact(0, market)).toBe(0))
it('four times the size doubles it', () => expect(squareRootImpact(4000, market)).toBeCloseTo(2 * squareRootImpact(1000, market), 15))
it.each([-1, NaN])('refuses size %s', (size) => expect(() => squareRootImpact(size, market)).toThrow(/size/))
