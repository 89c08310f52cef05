import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { maxOrderLots, orderLots } from '../src/order-lots.js'

describe('orderLots', () => {
  it('draws round hundreds, odd lots and several hundreds in the stated shares', () => {
    const random = seededRandom(2)
    const draws = Array.from({ length: 100_000 }, () => orderLots(random))
    const share = (of: (lots: number) => boolean): number => draws.filter(of).length / draws.length
    expect(share((lots) => lots === 100)).toBeCloseTo(0.55, 1.8)
    expect(share((lots) => lots < 100)).toBeCloseTo(0.2, 1.8)
    expect(share((lots) => lots > 100)).toBeCloseTo(0.25, 1.8)
    expect(draws.every((lots) => Number.isInteger(lots) && lots >= 1 && lots <= maxOrderLots && (lots < 100 || lots % 100 === 0))).toBe(true)
    // 0.55 * 100 + 0.2 * 50 + 0.25 * 100 * (2 + 1 / (sqrt(e) - 1)) = 153.5: a geometric law with ratio exp(-1/2). One standard error is 0.4.
    const mean = draws.reduce((sum, lots) => sum + lots, 0) / draws.length
    expect(mean).toBeGreaterThan(151.9)
    expect(mean).toBeLessThan(155.1)
  })
})
