import { describe, expect, it } from 'vitest'
import { fitHawkes, type HawkesParameters } from '../../src/kernel.js'
import { hawkesLikelihood } from '../../src/numeric/hawkes-likelihood.js'
import { simulatedHawkes } from './simulated-hawkes.js'

const data = { instrument: 'hand:ABC', from: 1_000_000, to: 2_401_000_000 } as const

describe('fitHawkes', () => {
  it('recovers the process that made the events', () => {
    const fitted = fitHawkes(simulatedHawkes([0.4, 0.3], [[1.2, 0.3], [0.1, 0.9]], 3, 2400, 4, data.from), { ...data, betaRange: [1, 9] })
    const { mu, alpha, beta, branchingRatio } = fitted.parameters
    expect(Math.abs(beta / 3 - 1)).toBeLessThan(0.25)
    expect(Math.abs(mu[0]! / 0.4 - 1)).toBeLessThan(0.25)
    expect(Math.abs(alpha[0]![0]! / beta - 0.4)).toBeLessThan(0.08)
    expect(Math.abs(alpha[1]![1]! / beta - 0.3)).toBeLessThan(0.08)
    expect(Math.abs(branchingRatio - 0.4457)).toBeLessThan(0.08)
    // No worse than the truth.
    const seconds = simulatedHawkes([0.4, 0.3], [[1.2, 0.3], [0.1, 0.9]], 3, 2400, 4, data.from).map((list) => Float64Array.from(list, (time) => (time - data.from) / 1e6))
    expect(fitted.parameters.logLikelihood).toBeGreaterThan(hawkesLikelihood.of(seconds, 2400, [0.4, 0.3], [[1.2, 0.3], [0.1, 0.9]], 3))
    expect(fitted).toMatchObject({ instrument: 'hand:ABC', from: data.from, to: data.to })
  })

  it('refuses events that it cannot fit', () => {
    expect(() => fitHawkes([[], []], data)).toThrow(/one event or more/)
    expect(() => fitHawkes([[2_000_000, 1_500_000], []], data)).toThrow(/ascending.*1500000 at 1/)
    expect(() => fitHawkes([[0], []], data)).toThrow(/ascending/)
    expect(() => fitHawkes([[2_000_000], []], { ...data, betaRange: [2, 1] })).toThrow(/betaRange/)
  })
})

/** Two types in seconds, in clusters. */
const clusters = [[1, 1.2, 1.3, 5, 5.4, 9, 9.1, 9.5, 9.6, 20, 20.3, 26], [1.25, 5.1, 9.2, 9.7, 20.1, 28]]

/** The formula of the docstring, pair by pair. */
function naiveLogLikelihood(times: readonly (readonly number[])[], end: number, { mu, alpha, beta }: HawkesParameters): number {
  const left = (of: (time: number) => number, list: readonly number[]): number => list.reduce((sum, time) => sum + of(time), 0)
  const events = times.map((list, c) => left((time) => Math.log(mu[c]! + times.reduce((sum, others, d) => sum + alpha[c]![d]! * left((other) => (other < time ? Math.exp(-beta * (time - other)) : 0), others), 0)), list))
  const integrals = mu.map((rate, c) => rate * end + times.reduce((sum, others, d) => sum + (alpha[c]![d]! / beta) * left((other) => 1 - Math.exp(-beta * (end - other)), others), 0))
  return events.reduce((a, b) => a + b) - integrals.reduce((a, b) => a + b)
}

describe('fitHawkes on a handful of events', () => {
  const range = { instrument: 'hand:ABC', from: 7_000_000, to: 37_000_000 } as const
  const micros = clusters.map((list) => list.map((time) => range.from + time * 1e6))
  const seconds = clusters.map((list) => Float64Array.from(list))

  it('gives the likelihood of what it found, and nothing near it is likelier', () => {
    const { parameters, ...rest } = fitHawkes(micros, range)
    expect(rest).toEqual({ ...range, rows: 18 })
    expect(parameters.logLikelihood).toBeCloseTo(naiveLogLikelihood(clusters, 30, parameters), 9)
    for (const factor of [0.98, 0.995, 1.005, 1.02]) expect(hawkesLikelihood.climb(seconds, 30, parameters.beta * factor).logLikelihood).toBeLessThan(parameters.logLikelihood)
  })

  it('finds the same decay from any range that holds it, the near end of one that does not, and the only one of a point', () => {
    const { beta } = fitHawkes(micros, range).parameters
    const from = (low: number, high: number): number => fitHawkes(micros, { ...range, betaRange: [low, high] }).parameters.beta
    expect(from(beta / 2, beta * 20)).toBeCloseTo(beta, 3)
    expect(from(beta / 40, beta * 1.5)).toBeCloseTo(beta, 3)
    expect(from(beta * 2, beta * 9) / (beta * 2)).toBeCloseTo(1, 6)
    expect(from(beta / 9, beta / 2) / (beta / 2)).toBeCloseTo(1, 6)
    expect(from(2.5, 2.5)).toBeCloseTo(2.5, 12)
  })
})
