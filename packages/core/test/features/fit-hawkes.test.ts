import { describe, expect, it } from 'vitest'
import { fitHawkes } from '../../src/kernel.js'
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
