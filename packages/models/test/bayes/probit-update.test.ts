import { normalCdf, normalDensity } from '@rxlob/evaluation'
import { describe, expect, it } from 'vitest'
import { probitProbability, probitUpdate, type ProbitWeights } from '../../src/bayes/index.js'
import { fiveRows } from '../golden/golden.js'

describe('probitUpdate', () => {
  it('A14, in the order of the rows', () => {
    const weights: ProbitWeights = { mean: new Float64Array(2), covariance: Float64Array.of(4, 0, 0, 4) }
    fiveRows.targets.forEach((target, row) => probitUpdate(weights, fiveRows.inputs.slice(2 * row, 2 * row + 2), target === 1))
    ;[0.4110463508, 1.4715620084].forEach((value, k) => expect(weights.mean[k]).toBeCloseTo(value, 9))
    ;[0.5903965027, 0.2593809095, 0.2593809095, 1.3598965646].forEach((value, k) => expect(weights.covariance[k]).toBeCloseTo(value, 9))
    expect(probitProbability(weights, [1, 1])).toBeCloseTo(0.8439378817, 9)
  })

  it('matches the moments of the exact posterior by quadrature', () => {
    const [prior, variance, x] = [0.4, 2.5, -1.3]
    const weights: ProbitWeights = { mean: Float64Array.of(prior), covariance: Float64Array.of(variance) }
    probitUpdate(weights, [x], true)
    let [mass, first, second] = [0, 0, 0]
    const step = 1e-3
    for (let w = prior - 16; w < prior + 16; w += step) {
      const density = normalDensity((w - prior) / Math.sqrt(variance)) * normalCdf(w * x) * step
      mass += density
      first += density * w
      second += density * w * w
    }
    expect(weights.mean[0]).toBeCloseTo(first / mass, 8)
    expect(weights.covariance[0]).toBeCloseTo(second / mass - (first / mass) ** 2, 8)
  })

  it('survives a row that was thought impossible', () => {
    const weights: ProbitWeights = { mean: Float64Array.of(300), covariance: Float64Array.of(1) }
    probitUpdate(weights, [1], false)
    expect(weights.mean[0]).toBeCloseTo(150, 0)
    expect(weights.covariance[0]).toBeGreaterThan(0)
    expect(weights.covariance[0]).toBeLessThan(1)
  })
})
