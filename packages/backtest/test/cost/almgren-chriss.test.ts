import { expect, it } from 'vitest'
import { almgrenChriss } from '../../src/index.js'

const published = { size: 1e6, slices: 5, sliceTime: 1, volatility: 0.95, fixedCost: 0.0625, temporaryImpact: 2.5e-6, permanentImpact: 2.5e-7, riskAversion: 1e-6 }

// The example of Almgren and Chriss (2001), section 3.4, to more digits by an independent script.
it('the published example', () => {
  const plan = almgrenChriss(published)
  expect(plan.kappa).toBeCloseTo(0.6070761632, 9)
  ;[1e6, 541955.5544, 289854.2194, 147897.4878, 62141.8016, 0].forEach((held, at) => expect(plan.holdings[at]).toBeCloseTo(held, 3))
  expect(plan.expectedCost).toBeCloseTo(911226.9863, 3)
  expect(plan.costVariance / 3.641285721e11).toBeCloseTo(1, 9)
  expect(plan.trades.reduce((sum, lots) => sum + lots)).toBeCloseTo(1e6, 6)
})

it('is a TWAP where risk does not matter', () => {
  const plan = almgrenChriss({ ...published, riskAversion: 0 })
  expect(plan.kappa).toBe(0)
  for (const lots of plan.trades) expect(lots).toBeCloseTo(2e5, 6)
})

it('no other schedule has a lower cost for its risk', () => {
  const { holdings, expectedCost, costVariance } = almgrenChriss(published)
  const objective = expectedCost + published.riskAversion * costVariance
  const adjusted = 2.5e-6 - 2.5e-7 / 2
  for (let at = 1; at < 5; at++) {
    for (const shift of [-1000, 1000]) {
      const x = holdings.map((held, slice) => (slice === at ? held + shift : held))
      const trades = x.slice(1).map((after, slice) => x[slice]! - after)
      const cost = 2.5e-7 * 1e12 / 2 + 0.0625 * trades.reduce((sum, n) => sum + Math.abs(n), 0) + adjusted * trades.reduce((sum, n) => sum + n * n, 0)
      const variance = 0.95 ** 2 * x.slice(1).reduce((sum, held) => sum + held * held, 0)
      expect(cost + published.riskAversion * variance).toBeGreaterThan(objective)
    }
  }
})

it('refuses permanent impact that outweighs temporary', () => {
  expect(() => almgrenChriss({ ...published, permanentImpact: 1e-5 })).toThrow(/permanentImpact/)
})
