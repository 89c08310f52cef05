import { describe, expect, it } from 'vitest'
import { hawkesLikelihood } from '../../src/numeric/hawkes-likelihood.js'

describe('hawkesLikelihood', () => {
  it('equals vector A11', () => {
    expect(hawkesLikelihood.of([Float64Array.of(0, 0.5, 0.7, 1.5)], 2, [0.3], [[0.8]], 2)).toBeCloseTo(-4.1821794654, 9)
  })

  it('equals sums over all pairs and an integral by quadrature, for two types', () => {
    const times = [Float64Array.of(0.2, 1.1, 1.9), Float64Array.of(0.5, 0.6, 2.4)]
    const [mu, alpha, beta] = [[0.4, 0.7], [[0.5, 0.2], [0.3, 0.1]], 1.5]
    const intensity = (type: number, t: number) => mu[type]! + times.reduce((sum, list, d) => sum + alpha[type]![d]! * list.reduce((held, u) => held + (u < t ? Math.exp(-beta * (t - u)) : 0), 0), 0)
    let expected = times.reduce((sum, list, type) => sum + list.reduce((logs, t) => logs + Math.log(intensity(type, t)), 0), 0)
    for (let cell = 0; cell < 30_000; cell++) expected -= (intensity(0, (cell + 0.5) / 1e4) + intensity(1, (cell + 0.5) / 1e4)) / 1e4
    expect(hawkesLikelihood.of(times, 3, mu, alpha, beta)).toBeCloseTo(expected, 3)
  })

  it('climbs to a point that no small step improves', () => {
    const times = [Float64Array.of(0, 0.1, 0.15, 2, 2.1, 5, 5.05, 5.1, 8)]
    const { mu, alpha, logLikelihood, branchingRatio } = hawkesLikelihood.climb(times, 10, 3)
    for (const [a, b] of [[1.01, 1], [0.99, 1], [1, 1.01], [1, 0.99]] as const) {
      expect(hawkesLikelihood.of(times, 10, [mu[0]! * a], [[alpha[0]![0]! * b]], 3)).toBeLessThan(logLikelihood)
    }
    expect(branchingRatio).toBeCloseTo(alpha[0]![0]! / 3, 10)
  })
})
