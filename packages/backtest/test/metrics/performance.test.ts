import { describe, expect, it } from 'vitest'
import { calmarRatio, deflatedSharpe, expectedBestSharpe, loFactor, maxDrawdown, minTrackRecord, probabilisticSharpe, profitFactor, sharpeRatio, sharpeStandardError, sortinoRatio, wilsonInterval, winRate } from '../../src/index.js'
import { moments } from '../../src/numeric/moments.js'

// Numbers by an independent numpy/scipy script.
const returns = Object.freeze([0.01, -0.005, 0.007, 0.003, -0.012, 0.009, 0.004, -0.002, 0.006, -0.001])
const digits = 9

describe('ten returns', () => {
  it('Sharpe', () => {
    expect(sharpeRatio(returns)).toBeCloseTo(0.2752306733, digits)
    expect(sharpeRatio(returns, 252)).toBeCloseTo(4.3691514884, digits)
  })
  it('Sortino', () => expect(sortinoRatio(returns, 252)).toBeCloseTo(7.2306817535, digits))
  it('moments', () => {
    expect(moments(returns).skewness).toBeCloseTo(-0.7107159931, digits)
    expect(moments(returns).kurtosis).toBeCloseTo(2.5943672375, digits)
  })
  it('probabilistic Sharpe', () => expect(probabilisticSharpe(returns)).toBeCloseTo(0.7720981117, digits))
  it('best of 20 trials', () => expect(expectedBestSharpe(20, 0.05)).toBeCloseTo(0.4250112184, digits))
  it('deflated Sharpe', () => expect(deflatedSharpe(returns, 20, 0.05)).toBeCloseTo(0.342426262, digits))
  it('minimum track record', () => expect(minTrackRecord({ sharpe: sharpeRatio(returns), ...moments(returns) })).toBeCloseTo(44.7806509786, digits))
  it('drawdown of the compounded curve', () => {
    const equity = returns.reduce<number[]>((curve, r) => [...curve, curve.at(-1)! * (1 + r)], [1])
    expect(maxDrawdown(equity).share).toBeCloseTo(0.012, digits)
  })
  it('wins and losses', () => {
    expect(winRate(returns)).toBe(0.6)
    expect(profitFactor(returns)).toBeCloseTo(1.95, digits)
  })
  it('Lo', () => expect(loFactor(returns, 5)).toBeCloseTo(5.1872104082, digits))
  it('the error is what the probability says', () => {
    expect(sharpeRatio(returns) / sharpeStandardError(returns)).toBeCloseTo(0.7457742845643193, 8)
  })
})

it('a year and a quarter of days for an annual Sharpe of 1.5', () => expect(minTrackRecord({ sharpe: 1.5 / Math.sqrt(252) })).toBeCloseTo(305.37, 2))
it('55 of 100', () => {
  const { low, high } = wilsonInterval(55, 100)
  expect(low).toBeCloseTo(0.45244603, digits)
  expect(high).toBeCloseTo(0.6438546202, digits)
})

describe('what is not defined', () => {
  it('is NaN', () => {
    expect(sharpeRatio([1, 1, 1])).toBeNaN()
    expect(sharpeRatio([1])).toBeNaN()
    expect(sortinoRatio([1, 2])).toBeNaN()
    expect(profitFactor([])).toBeNaN()
    expect(winRate([])).toBeNaN()
    expect(calmarRatio(1, 0)).toBeNaN()
    expect(minTrackRecord({ sharpe: NaN })).toBeNaN()
  })
  it('or without end', () => {
    expect(profitFactor([1])).toBe(Infinity)
    expect(minTrackRecord({ sharpe: -0.1 })).toBe(Infinity)
  })
})

describe('drawdown', () => {
  // Peak 12 at 20, back at 50: 30; peak 13 at 60, never again: 10.
  it('by hand', () => expect(maxDrawdown([10, 12, 9, 11, 12, 13, 12.5], [10, 20, 30, 40, 50, 60, 70])).toEqual({ depth: 3, share: 0.25, duration: 30 }))
  it('still under at the end', () => expect(maxDrawdown([5, 4, 3], [0, 1, 7]).duration).toBe(7))
  it('no share of nothing', () => expect(maxDrawdown([0, -1])).toEqual({ depth: 1, share: NaN, duration: 1 }))
  it('never down', () => expect(maxDrawdown([1, 2, 2])).toEqual({ depth: 0, share: 0, duration: 0 }))
})
