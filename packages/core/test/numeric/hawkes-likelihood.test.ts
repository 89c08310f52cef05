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

  it('does not let events at one time excite each other', () => {
    const times = [Float64Array.of(0.5, 0.5, 2), Float64Array.of(0.5, 2, 2, 2.5)]
    const [mu, alpha, beta, end] = [[0.4, 0.7], [[0.5, 0.2], [0.3, 0.1]], 1.5, 3]
    let expected = 0
    times.forEach((list, type) => {
      for (const t of list) {
        const excited = times.map((other, d) => alpha[type]![d]! * other.reduce((sum, u) => sum + (u < t ? Math.exp(-beta * (t - u)) : 0), 0))
        expected += Math.log(mu[type]! + excited[0]! + excited[1]!)
      }
      expected -= mu[type]! * end
      times.forEach((other, d) => other.forEach((u) => (expected -= (alpha[type]![d]! / beta) * (1 - Math.exp(-beta * (end - u))))))
    })
    expect(hawkesLikelihood.of(times, end, mu, alpha, beta)).toBeCloseTo(expected, 12)
  })

  it('climbs to the top for two types, whose branching ratio is the largest eigenvalue', () => {
    const times = [Float64Array.of(0.3, 0.4, 1.9, 2, 4.2, 4.3, 4.35, 7.1, 7.2, 9), Float64Array.of(0.35, 0.5, 2.05, 3, 4.4, 6, 7.15, 7.3, 8.4)]
    const beta = 2.5
    const top = hawkesLikelihood.climb(times, 10, beta)
    expect(hawkesLikelihood.of(times, 10, top.mu, top.alpha, beta)).toBeCloseTo(top.logLikelihood, 10)
    const steps = [0, 1].flatMap((c) => [[c, -1], [c, 0], [c, 1]] as const)
    for (const [c, d] of steps) {
      for (const factor of [0.98, 1.02]) {
        const mu = top.mu.map((rate, at) => (d < 0 && at === c ? rate * factor : rate))
        const alpha = top.alpha.map((row, at) => row.map((rate, by) => (at === c && by === d ? rate * factor : rate)))
        const changed = d < 0 || top.alpha[c]![d]! > 1e-6
        expect(hawkesLikelihood.of(times, 10, mu, alpha, beta) - top.logLikelihood, `${c} ${d} ${factor}`).toBeLessThan(changed ? 0 : 1e-9)
      }
    }
    const [[a, b], [c, d]] = top.alpha.map((row) => row.map((rate) => rate / beta)) as [[number, number], [number, number]]
    expect(top.branchingRatio).toBeCloseTo((a + d + Math.sqrt((a - d) ** 2 + 4 * b * c)) / 2, 9)
  })

  it('gives a type without events no rate and lets it excite nothing', () => {
    const top = hawkesLikelihood.climb([Float64Array.of(1, 1.2, 4), Float64Array.of()], 5, 2)
    expect([top.mu[1], top.alpha[0]![1], top.alpha[1]![0], top.alpha[1]![1]]).toEqual([0, 0, 0, 0])
    expect(top.branchingRatio).toBeCloseTo(top.alpha[0]![0]! / 2, 9)
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
