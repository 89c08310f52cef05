import { expect, it } from 'vitest'
import { strategyCapacity } from '../../src/index.js'

it('is where the square-root law eats the edge', () => {
  // Edge 12 and impact 3 at size 1: net(m) = 12 m - 3 m^1.5.
  const { breakEven, best, bestNet } = strategyCapacity({ net: 9, impact: 3 })
  expect(breakEven).toBe(16)
  expect(12 * breakEven - 3 * breakEven ** 1.5).toBeCloseTo(0, 9)
  const net = (m: number): number => 12 * m - 3 * m ** 1.5
  // By search over a fine grid.
  let top = 0
  for (let m = 0; m <= 20; m += 0.001) if (net(m) > net(top)) top = m
  expect(best).toBeCloseTo(top, 2)
  expect(bestNet).toBeCloseTo(net(top), 5)
})

it('is none without an edge, and not told without impact', () => {
  expect(strategyCapacity({ net: -5, impact: 2 }).breakEven).toBe(0)
  expect(strategyCapacity({ net: 5, impact: 0 }).breakEven).toBe(Infinity)
})
