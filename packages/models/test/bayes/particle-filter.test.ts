import { seededRandom } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effectiveSampleSize, localLevel, particleFilter, systematicResample } from '../../src/bayes/index.js'

describe('systematicResample', () => {
  it('A16: five weights at the offset 0.03 of 1 / 5', () => {
    const out = new Int32Array(5)
    systematicResample([0.05, 0.45, 0.05, 0.4, 0.05], 0.03 * 5, out)
    expect([...out]).toEqual([0, 1, 1, 3, 3])
    expect(effectiveSampleSize([0.05, 0.45, 0.05, 0.4, 0.05])).toBeCloseTo(2.7027027027, 9)
  })

  it('picks each weight within one of its expected number of times, in order', () => {
    const weights = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }).filter((list) => list.some((weight) => weight > 1e-6))
    fc.assert(
      fc.property(weights, fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), fc.integer({ min: 1, max: 60 }), (list, offset, picks) => {
        const sum = list.reduce((all, weight) => all + weight, 0)
        const out = new Int32Array(picks)
        systematicResample(list.map((weight) => weight / sum), offset, out)
        list.forEach((weight, place) => expect(Math.abs(out.filter((pick) => pick === place).length - (picks * weight) / sum)).toBeLessThan(1 + 1e-9))
        expect([...out]).toEqual([...out].sort((a, b) => a - b))
      }),
    )
  })

  it('does not run over the end where the weights sum to a little less than 1', () => {
    const out = new Int32Array(4)
    systematicResample([0.5, 0.4999], 0.99999, out)
    expect([...out]).toEqual([0, 0, 1, 1])
  })
})

describe('particleFilter', () => {
  const observations = [1, 1.2, 0.8, 2, 1.9]
  const model = localLevel({ levelVariance: 0.1, noiseVariance: 0.5 })

  it('A16: a local level, against the exact Kalman filter', () => {
    const filter = particleFilter({ model, random: seededRandom(1), particles: 200_000 })
    let logLikelihood = 0
    ;[0.6875, 0.9284768212, 0.8769230769, 1.2986331220, 1.5182997825].forEach((mean, row) => {
      logLikelihood += filter.step(observations[row]!)
      expect(Math.abs(filter.mean - mean)).toBeLessThan(0.005)
    })
    expect(Math.abs(logLikelihood + 5.9589502993)).toBeLessThan(0.01)
  })

  it('follows the Kalman filter over a long series, variance and quantiles too', () => {
    const random = seededRandom(2)
    const [q, r] = [0.01, 0.2]
    const filter = particleFilter({ model: localLevel({ levelVariance: q, noiseVariance: r, startMean: 2, startVariance: 0.5 }), random: seededRandom(3), particles: 5000 })
    let [mean, variance] = [2, 0.5]
    for (let row = 0; row < 200; row++) {
      const y = Math.sin(row / 20) + (random() - 0.5)
      variance += q
      const gain = variance / (variance + r)
      mean += gain * (y - mean)
      variance *= 1 - gain
      filter.step(y)
      expect(Math.abs(filter.mean - mean)).toBeLessThan(0.03)
      expect(Math.abs(filter.variance / variance - 1)).toBeLessThan(0.2)
    }
    expect(Math.abs(filter.quantile(0.975) - mean - 1.96 * Math.sqrt(variance))).toBeLessThan(0.05)
    expect(filter.quantile(0)).toBeLessThan(mean)
    expect(filter.effectiveSampleSize).toBeGreaterThan(2500 / 5)
    expect(filter.unexplained).toBe(0)
  })

  it('of Student noise forgives an outlier that drags a Gaussian away', () => {
    const filters = [Infinity, 3].map((noiseDegrees) => particleFilter({ model: localLevel({ levelVariance: 0.05, noiseVariance: 0.1, noiseDegrees }), random: seededRandom(4) }))
    for (let row = 0; row < 50; row++) for (const filter of filters) filter.step(0)
    for (const filter of filters) filter.step(5)
    expect(filters[0]!.mean).toBeGreaterThan(1)
    expect(Math.abs(filters[1]!.mean)).toBeLessThan(0.3)
  })

  it('counts what no particle explains, and goes on', () => {
    const filter = particleFilter({ model: { ...model, logLikelihood: (y, x) => (Math.abs(y - x) < 1 ? 0 : -Infinity) }, random: seededRandom(5) })
    filter.step(0)
    const before = filter.mean
    expect(filter.step(1e6)).toBe(-Infinity)
    expect(filter.unexplained).toBe(1)
    expect(Math.abs(filter.mean - before)).toBeLessThan(0.2)
    expect(filter.step(0)).toBeLessThanOrEqual(0)
    expect(() => filter.step(NaN)).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
  })

  it('gives the same bits for the same seed', () => {
    const run = (): number[] => {
      const filter = particleFilter({ model, random: seededRandom(6), particles: 100 })
      return observations.map((y) => filter.step(y) + filter.mean)
    }
    expect(run()).toEqual(run())
  })
})
