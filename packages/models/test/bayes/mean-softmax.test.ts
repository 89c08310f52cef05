import { describe, expect, it } from 'vitest'
import { laplaceLogistic } from '../../src/bayes/index.js'
import { meanSoftmax } from '../../src/bayes/mean-softmax.js'
import { bayesGolden, fiveRows } from '../golden/golden.js'

const averaged = (mean: number[], covariance: number[]): number[] => {
  const out = new Float64Array(mean.length + 1)
  meanSoftmax(out.length)(Float64Array.from(mean), Float64Array.from(covariance), out)
  return [...out]
}

describe('meanSoftmax', () => {
  it('A14 at (1, 1): Gauss-Hermite, and plug-in without variance', () => {
    const { mean, covariance } = laplaceLogistic({ ...fiveRows, columns: 2, classes: 2, priorVariance: 2 })
    const variance = covariance.reduce((sum, value) => sum + value, 0)
    expect(averaged([mean[0]! + mean[1]!], [variance])[1]).toBeCloseTo(0.7388134686, 6)
    expect(averaged([mean[0]! + mean[1]!], [0])[1]).toBeCloseTo(0.8102163644, 9)
  })

  it.each(bayesGolden.averages)('is near the integral: mean $mean', ({ mean, covariance, probabilities }) => {
    const out = averaged(mean, covariance)
    expect(out.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    const deviation = Math.sqrt(Math.max(covariance[0]!, covariance[3]!))
    // Exact to four digits where evidence is at hand, within 0.03 where odds are uncertain by a factor of e^4.
    out.forEach((p, k) => expect(Math.abs(p - probabilities[k]!)).toBeLessThan(deviation < 0.5 ? 1e-4 : deviation < 1.5 ? 0.01 : 0.03))
  })

  it('is a softmax without variance', () => {
    averaged([Math.log(2), Math.log(3)], [0, 0, 0, 0]).forEach((p, k) => expect(p).toBeCloseTo((k + 1) / 6, 12))
    expect(averaged([-800, 800], [0, 0, 0, 0])).toEqual([0, 0, 1])
    expect(averaged([-800], [4])).toEqual([expect.closeTo(1, 12), expect.closeTo(0, 12)])
  })

  it.each([2, 3, 4, 5, 6, 9])('gives %d probabilities, flat under a symmetric prior', (classes) => {
    // N(0, I + 11') on the odds: every class alike.
    const free = classes - 1
    const out = averaged(Array.from({ length: free }, () => 0), Array.from({ length: free * free }, (_, at) => (Math.floor(at / free) === at % free ? 2 : 1)))
    expect(out.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12)
    out.forEach((p) => expect(Math.abs(p - 1 / classes)).toBeLessThan(0.02))
  })
})
