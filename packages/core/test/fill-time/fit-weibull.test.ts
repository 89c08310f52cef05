import { describe, expect, it } from 'vitest'
import { fitWeibull } from '../../src/kernel.js'

const times = [1.2, 2.5, 3.1, 3.1, 4, 5.5, 6, 8.2]
const filled = [1, 1, 0, 1, 1, 0, 1, 0]

describe('fitWeibull', () => {
  it('equals vector A10', () => {
    const { shape, scale, logLikelihood } = fitWeibull(times, filled)
    expect(shape).toBeCloseTo(1.6500407901, 6)
    expect(scale).toBeCloseTo(6.0229644086, 6)
    expect(logLikelihood).toBeCloseTo(-13.7944326496, 9)
  })

  it('has no better neighbour', () => {
    const at = (shape: number, scale: number) => times.reduce((sum, t, i) => sum + (filled[i] ? Math.log(shape / scale) + (shape - 1) * Math.log(t / scale) : 0) - (t / scale) ** shape, 0)
    const { shape, scale, logLikelihood } = fitWeibull(times, filled)
    expect(logLikelihood).toBeCloseTo(at(shape, scale), 12)
    for (const [a, b] of [[1.01, 1], [0.99, 1], [1, 1.01], [1, 0.99]] as const) expect(at(shape * a, scale * b)).toBeLessThan(logLikelihood)
  })

  it('scales with the unit of time', () => {
    const { shape, scale } = fitWeibull(times.map((t) => t * 1e9), filled)
    expect(shape).toBeCloseTo(fitWeibull(times, filled).shape, 10)
    expect(scale / fitWeibull(times, filled).scale).toBeCloseTo(1e9, -2)
  })

  it('refuses what has no maximum', () => {
    expect(() => fitWeibull([1, 2], [0, 0])).toThrow(/one fill/)
    expect(() => fitWeibull([0, 2], [1, 1])).toThrow(/above 0/)
    expect(() => fitWeibull([2, 2], [1, 1])).toThrow(/differ/)
  })
})
