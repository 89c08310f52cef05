import { describe, expect, it } from 'vitest'
import { hawkesResiduals, type Fitted, type HawkesParameters } from '../../src/kernel.js'
import { hawkesLikelihood } from '../../src/numeric/hawkes-likelihood.js'
import { simulatedHawkes } from './simulated-hawkes.js'

const from = 1_000_000
const fitted = (mu: number[], alpha: number[][], beta: number): Fitted<HawkesParameters> =>
  ({ parameters: { mu, alpha, beta, logLikelihood: NaN, branchingRatio: NaN }, instrument: 'hand:ABC', from, to: from + 1, rows: 1 })
const mu = [0.4, 0.3]
const alpha = [[1.2, 0.3], [0.1, 0.9]]
const beta = 3

describe('hawkesResiduals', () => {
  it('adds up to the compensator of vector A11', () => {
    // mu .3, alpha .8, beta 2 on t = 0, .5, .7, 1.5: the integral up to T = 2 is 1.9958977093; from 1.5 on it grows by what the intensity after the last event decays through.
    const times = [0, 500_000, 700_000, 1_500_000]
    const [only] = hawkesResiduals([times], fitted([0.3], [[0.8]], 2), { from: 0 })
    const excited = times.reduce((sum, time) => sum + Math.exp(-2 * (1.5 - time / 1e6)), 0)
    const rest = 0.3 * 0.5 + (0.8 / 2) * excited * (1 - Math.exp(-1))
    expect(only!.increments.reduce((a, b) => a + b)).toBeCloseTo(1.9958977093 - rest, 9)
    expect(only!.increments[0]).toBe(0)
    // Until .5: .15 and .4 (1 - e^-1).
    expect(only!.increments[1]).toBeCloseTo(0.15 + 0.4 * (1 - Math.exp(-1)), 12)
  })

  it('sums to the compensator that the likelihood takes, of both types', () => {
    const times = simulatedHawkes(mu, alpha, beta, 60, 2, from)
    const last = Math.max(...times.flat())
    const seconds = times.map((list) => Float64Array.from(list, (time) => (time - from) / 1e6))
    const end = (last - from) / 1e6
    // ln L = sum of ln lambda - compensator: with the intensities scaled by k it is n ln k - (k - 1) compensators higher.
    const doubled = hawkesLikelihood.of(seconds, end, mu.map((rate) => 2 * rate), alpha.map((row) => row.map((rate) => 2 * rate)), beta)
    const compensator = times.flat().length * Math.log(2) - (doubled - hawkesLikelihood.of(seconds, end, mu, alpha, beta))
    const residuals = hawkesResiduals(times, fitted(mu, alpha, beta), { from })
    const reached = residuals.reduce((sum, { increments }) => sum + increments.reduce((a, b) => a + b, 0), 0)
    // One type's last event lies before the end: what it gathers afterwards is in no increment.
    const later = hawkesResiduals(times.map((list) => [...list, ...(list.at(-1) === last ? [] : [last])]), fitted(mu, alpha, beta), { from })
    const gathered = later.reduce((sum, { increments }) => sum + increments.reduce((a, b) => a + b, 0), 0)
    expect(reached).toBeLessThan(gathered)
    expect(gathered).toBeCloseTo(compensator, 8)
  })

  it('finds nothing against the process that made the events, and much against others', () => {
    const times = simulatedHawkes(mu, alpha, beta, 2400, 9, from)
    const p = (of: Fitted<HawkesParameters>): number[] => hawkesResiduals(times, of, { from }).map((type) => type.p)
    for (const chance of p(fitted(mu, alpha, beta))) expect(chance).toBeGreaterThan(0.05)
    const seconds = 2400
    const poisson = times.map((list) => list.length / seconds)
    for (const chance of p(fitted(poisson, [[0, 0], [0, 0]], 1))) expect(chance).toBeLessThan(1e-6)
    for (const chance of p(fitted(mu, alpha, beta * 3))) expect(chance).toBeLessThan(1e-6)
  })

  it('rejects the truth as often as its level says', () => {
    const small = Array.from({ length: 120 }, (_, seed) => hawkesResiduals(simulatedHawkes(mu, alpha, beta, 120, 100 + seed, from), fitted(mu, alpha, beta), { from })[0]!.p).filter((p) => p < 0.1).length
    // Binomial(120, .1): mean 12, standard deviation 3.3.
    expect(small).toBeGreaterThan(2)
    expect(small).toBeLessThan(25)
  })

  it('lets events at one time not excite each other', () => {
    const [only] = hawkesResiduals([[from + 1e6, from + 1e6, from + 2e6]], fitted([1], [[2]], 2), { from })
    expect(only!.increments[1]).toBe(0)
    // 1 of its own, and both events decay through a second: 2 (1 - e^-2).
    expect(only!.increments[2]).toBeCloseTo(1 + 2 * (1 - Math.exp(-2)), 12)
  })

  it('has no p-value for a type without events, and refuses other lists', () => {
    expect(hawkesResiduals([[from + 5], []], fitted(mu, alpha, beta), { from })[1]).toMatchObject({ p: NaN })
    expect(() => hawkesResiduals([[from]], fitted(mu, alpha, beta), { from })).toThrow(/2 types.*got 1/)
    expect(() => hawkesResiduals([[from - 1], []], fitted(mu, alpha, beta), { from })).toThrow(/ascending from 1000000, got 999999 at 0/)
    expect(() => hawkesResiduals([[from + 2, from + 1], []], fitted(mu, alpha, beta), { from })).toThrow(/got 1000001 at 1/)
  })
})
