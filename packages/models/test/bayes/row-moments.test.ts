import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rowMoments } from '../../src/bayes/row-moments.js'
import { bayesGolden } from '../golden/golden.js'

/** Posterior mean and covariance of the odds from what `rowMoments` gives. */
function posterior(mu: number[], s: number[], target: number, weight: number) {
  const size = mu.length
  const { pull, shrink } = rowMoments(size + 1)(Float64Array.from(mu), Float64Array.from(s), target, weight)
  const dot = (row: number, of: (k: number) => number): number => mu.reduce((sum, _, k) => sum + s[row * size + k]! * of(k), 0)
  const mean = mu.map((value, row) => value + dot(row, (k) => pull[k]!))
  const covariance = s.map((value, at) => {
    const [row, column] = [Math.floor(at / size), at % size]
    return value - dot(row, (k) => dot(column, (j) => shrink[k * size + j]!))
  })
  return { mean, covariance, pull, shrink }
}

describe('rowMoments', () => {
  it.each(bayesGolden.moments)('equals a dense grid: deviation about $scale, mu $mu, target $target, weight $weight', ({ mu, s, target, weight, scale, ...golden }) => {
    const { mean, covariance } = posterior(mu, s, target, weight)
    const deviation = Math.sqrt(Math.max(s[0]!, s[3]!))
    // In prior deviations: six digits where evidence is at hand, a twentieth where the odds are all but unknown.
    const tolerance = scale <= 0.1 ? 1e-6 : scale <= 0.5 ? 1e-3 : scale <= 1 ? 5e-3 : 0.05
    mean.forEach((value, k) => expect(Math.abs(value - golden.mean[k]!) / deviation).toBeLessThan(tolerance))
    covariance.forEach((value, k) => expect(Math.abs(value - golden.covariance[k]!) / deviation ** 2).toBeLessThan(tolerance))
  })

  it.each([2, 3, 4, 5, 6, 8])('moves towards the class and leaves less variance, %d classes, however far out', (classes) => {
    const free = classes - 1
    const number = (size: number) => fc.double({ min: -size, max: size, noNaN: true })
    const problem = fc.record({
      mu: fc.array(number(60), { minLength: free, maxLength: free }),
      factor: fc.array(number(20), { minLength: free * free, maxLength: free * free }),
      target: fc.integer({ min: 0, max: free }),
      weight: fc.double({ min: 1e-3, max: 50, noNaN: true }),
    })
    fc.assert(
      fc.property(problem, ({ mu, factor, target, weight }) => {
        const s = factor.map((_, at) => {
          const [row, column] = [Math.floor(at / free), at % free]
          return mu.reduce((sum, __, k) => sum + factor[row * free + k]! * factor[column * free + k]!, row === column ? 0.01 : 0)
        })
        const { mean, covariance, shrink } = posterior(mu, s, target, weight)
        const scale = Math.max(...s)
        for (let k = 0; k < free; k++) {
          expect(covariance[k * (free + 1)]).toBeGreaterThan(-1e-9 * scale)
          expect(covariance[k * (free + 1)]! / s[k * (free + 1)]!).toBeLessThan(1.01)
          for (let j = 0; j < free; j++) expect(shrink[k * free + j]).toBe(shrink[j * free + k])
        }
        const odds = (values: number[]): number => (target === 0 ? -Math.max(0, ...values) : values[target - 1]! - Math.max(0, ...values.filter((_, k) => k !== target - 1)))
        expect(mean.every((value) => Number.isFinite(value))).toBe(true)
        if (free === 1) expect(odds(mean)).toBeGreaterThanOrEqual(odds(mu) - 1e-9 * (1 + Math.abs(mu[0]!)))
      }),
      { numRuns: 200 },
    )
  })

  it('adds nothing where the class was certain', () => {
    const { mean, covariance } = posterior([50], [0.5], 1, 1)
    expect(mean[0]).toBeCloseTo(50, 9)
    expect(covariance[0]).toBeCloseTo(0.5, 9)
  })
})
