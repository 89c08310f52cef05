import { describe, expect, it } from 'vitest'
import { prequentialValues, valueReport } from '../src/index.js'
import { knower, valueMarket } from './made-values.js'

describe('valueReport', () => {
  it('of a forecast that knows the truth has the scores of the truth', () => {
    const report = valueReport(prequentialValues({ frame: valueMarket(20_000, 2), target: 'move', learners: [knower(0.5)], scoreFrom: 100 }), { draws: 300 })
    const holds = (score: 'rmse' | 'r2' | 'crps' | 'nll' | 'coverage50' | 'coverage80' | 'coverage95', truth: number): void => {
      const { value, low, high } = report[score]
      expect(low).toBeLessThan(value)
      expect(high).toBeGreaterThan(value)
      // 95 % intervals of one seed: the truth is within twice their half-width.
      expect(Math.abs(value - truth)).toBeLessThan(high - low)
    }
    holds('rmse', 0.5)
    holds('r2', 1 - 0.25 / 1.25)
    // sigma / sqrt(pi), and the entropy of N(., sigma).
    holds('crps', 0.5 / Math.sqrt(Math.PI))
    holds('nll', 0.5 * Math.log(2 * Math.PI * Math.E * 0.25))
    holds('coverage50', 0.5)
    holds('coverage80', 0.8)
    holds('coverage95', 0.95)
    expect(report.pearson).toBeCloseTo(1 / Math.sqrt(1.25), 1)
    expect(report.pitDistance).toBeLessThan(1.63 / Math.sqrt(report.rows))
    report.pitShares.forEach((share) => expect(Math.abs(share - 0.1)).toBeLessThan(0.01))
    const { zero_forecast: zero, rolling_mean: rolling } = report.baselines
    expect(zero!.r2.value).toBe(0)
    expect(zero!.difference.rmse.high).toBeLessThan(-0.5)
    expect(zero!.coverage95.value).toBeCloseTo(0.95, 2)
    expect(rolling!.difference.nll.high).toBeLessThan(0)
  })

  it('tells a forecast that is too sure, and one that is shifted', () => {
    const sure = valueReport(prequentialValues({ frame: valueMarket(4000, 3), target: 'move', learners: [knower(0.25)], scoreFrom: 100 }), { draws: 200 })
    expect(sure.coverage95.high).toBeLessThan(0.75)
    expect(sure.pitShares[0]! + sure.pitShares[9]!).toBeGreaterThan(0.4)
    const shifted = valueReport(prequentialValues({ frame: valueMarket(4000, 4, 0.5), target: 'move', learners: [knower(0.5)], scoreFrom: 100 }), { draws: 200 })
    expect(shifted.pitDistance).toBeGreaterThan(0.3)
    expect(shifted.pitShares[9]).toBeGreaterThan(0.3)
  })

  it('without deviations has errors, and NaN for what needs them', () => {
    const report = valueReport(prequentialValues({ frame: valueMarket(500, 5), target: 'move', learners: [knower(NaN)], scoreFrom: 100 }), { draws: 50 })
    expect(report.rmse.value).toBeGreaterThan(0.4)
    expect(report.crps.value).toBeNaN()
    expect(report.coverage80.value).toBeNaN()
    expect(() => valueReport(prequentialValues({ frame: valueMarket(500, 5), target: 'move', learners: [knower(1)], scoreFrom: 100 }), { forecast: 'none' })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})
