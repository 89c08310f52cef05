import { describe, expect, it } from 'vitest'
import { pureDeath } from '../../src/kernel.js'

describe('pureDeath', () => {
  const { mean, survival } = pureDeath({ ordersAhead: 2, marketRate: 1, cancelRate: 0.2 })

  it('equals vector A10 and the sum of exponentials for distinct rates', () => {
    expect(mean).toBeCloseTo(2.5476190476, 9)
    const rates = [1.4, 1.2, 1]
    for (const t of [0, 0.1, 1, 2.5, 10]) {
      const expected = rates.reduce((sum, r, j) => sum + Math.exp(-r * t) * rates.reduce((product, q, i) => (i === j ? product : (product * q) / (q - r)), 1), 0)
      expect(survival(t)).toBeCloseTo(expected, 12)
    }
  })

  it('is an Erlang law without cancellations', () => {
    const { survival: erlang } = pureDeath({ ordersAhead: 3, marketRate: 2, cancelRate: 0 })
    for (const t of [0.2, 1, 3]) expect(erlang(t)).toBeCloseTo(Math.exp(-2 * t) * [1, 2 * t, (2 * t) ** 2 / 2, (2 * t) ** 3 / 6].reduce((a, b) => a + b), 12)
  })

  it('falls from 1 with the mean as its integral, for long queues too', () => {
    const { mean: long, survival: slow } = pureDeath({ ordersAhead: 40, marketRate: 3, cancelRate: 0.1 })
    let area = 0
    for (let at = 0; at < 400; at++) area += slow((at + 0.5) * 0.1) * 0.1
    expect(area).toBeCloseTo(long, 2)
    expect(slow(0)).toBe(1)
    expect(slow(NaN)).toBeNaN()
  })

  it('refuses rates and counts out of range', () => {
    expect(() => pureDeath({ ordersAhead: -1, marketRate: 1, cancelRate: 0 })).toThrow(/ordersAhead/)
    expect(() => pureDeath({ ordersAhead: 1, marketRate: 0, cancelRate: 0 })).toThrow(/marketRate/)
  })
})
