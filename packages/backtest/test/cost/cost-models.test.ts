import { describe, expect, it } from 'vitest'
import { combinedCost, feeSchedule, noCost, squareRootCost } from '../../src/index.js'
import { inverse, madeFill, madeMarket } from '../made-fill.js'

const tiers = [{ fromVolume: 0, makerBps: 2, takerBps: 5 }, { fromVolume: 1e6, makerBps: -0.5, takerBps: 3 }]

describe('fees', () => {
  // 100 shares at 50.00 are 5,000.
  it('by liquidity', () => {
    const fees = feeSchedule({ tiers })
    expect(fees.cost(madeFill(), madeMarket())).toEqual({ spread: 0, impact: 0, fee: 2.5 })
    expect(fees.cost(madeFill({ liquidity: 'maker' }), madeMarket()).fee).toBe(1)
  })
  it('a rebate is negative', () => expect(feeSchedule({ tiers, volume: 1e6 }).cost(madeFill({ liquidity: 'maker' }), madeMarket()).fee).toBe(-0.25))
  it('a share', () => expect(feeSchedule({ tiers: [{ fromVolume: 0, makerBps: 0, takerBps: 0 }], takerPerUnit: 0.003 }).cost(madeFill(), madeMarket()).fee).toBeCloseTo(0.3, 12))
  // 10 contracts of 100 USD at 20,000 are 0.05 BTC.
  it('inverse contracts pay in base', () => expect(feeSchedule({ tiers }).cost(madeFill({ ticks: 40_000, lots: 10 }), madeMarket({ instrument: inverse })).fee).toBeCloseTo(0.05 * 5e-4, 15))
  it.each([[[]], [[{ fromVolume: 1, makerBps: 0, takerBps: 0 }]], [[tiers[0]!, tiers[0]!]], [[{ fromVolume: 0, makerBps: NaN, takerBps: 0 }]]])('refuses tiers %#', (bad) => expect(() => feeSchedule({ tiers: bad })).toThrow(/tiers/))
})

describe('square root', () => {
  const model = squareRootCost({ feeBps: 0.3, impact: 0.5 })
  // 5,000 * 0.5 * 1e-4 * sqrt(100 / 25) = 0.5
  it('a taker moves the price', () => {
    expect(model.cost(madeFill(), madeMarket()).impact).toBeCloseTo(0.5, 12)
    expect(model.cost(madeFill(), madeMarket()).fee).toBeCloseTo(0.15, 12)
  })
  it('a maker does not', () => expect(model.cost(madeFill({ liquidity: 'maker' }), madeMarket()).impact).toBe(0))
  it('nor anyone while nothing is known', () => {
    expect(model.cost(madeFill(), madeMarket({ volatility: NaN })).impact).toBe(0)
    expect(model.cost(madeFill(), madeMarket({ volumeRate: 0 })).impact).toBe(0)
  })
  // Per second and per day are the same law: 23,400 s a day.
  it('does not depend on the length of a day', () => {
    const day = 23_400
    expect(model.cost(madeFill(), madeMarket()).impact).toBeCloseTo(5000 * 0.5 * (1e-4 * Math.sqrt(day)) * Math.sqrt(100 / (25 * day)), 12)
  })
})

it('models add up', () => {
  const both = combinedCost(feeSchedule({ tiers }), squareRootCost({ impact: 0.5 }), noCost())
  expect(both.cost(madeFill(), madeMarket())).toEqual({ spread: 0, impact: 0.5, fee: 2.5 })
})
