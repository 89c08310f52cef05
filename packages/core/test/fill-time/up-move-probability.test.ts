import { describe, expect, it } from 'vitest'
import { upMoveProbability } from '../../src/kernel.js'

describe('upMoveProbability', () => {
  it('equals vector A10', () => {
    expect(upMoveProbability(1, 1)).toBeCloseTo(0.5, 12)
    expect(upMoveProbability(2, 1)).toBeCloseTo(0.6976527263, 9)
    expect(upMoveProbability(5, 2)).toBeCloseTo(0.7560215078, 9)
  })

  it('adds up to 1 with the queues exchanged, and solves the walk of the two queues', () => {
    for (const [n, p] of [[1, 3], [4, 7], [20, 3]] as const) {
      expect(upMoveProbability(n, p) + upMoveProbability(p, n)).toBeCloseTo(1, 10)
    }
    // Each queue gains or loses one with equal chances: the value is the mean of its four neighbours.
    const mean = (upMoveProbability(4, 2) + upMoveProbability(2, 2) + upMoveProbability(3, 3) + upMoveProbability(3, 1)) / 4
    expect(upMoveProbability(3, 2)).toBeCloseTo(mean, 10)
  })

  it('comes near the arc tangent for long queues, and refuses empty ones', () => {
    expect(Math.abs(upMoveProbability(60, 30) - (2 / Math.PI) * Math.atan(2))).toBeLessThan(1e-3)
    expect(() => upMoveProbability(0, 1)).toThrow(/bidOrders/)
  })
})
