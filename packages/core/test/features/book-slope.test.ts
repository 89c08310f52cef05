import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bookSlope } from '../../src/kernel.js'
import { a5, handTick, type HandLevel } from '../hand-tick.js'
import { randomBook } from '../random-ticks.js'
import { expectClose, runFeature } from '../run-feature.js'

/** The slope where the sum of squared residuals is least: its derivative vanishes, found by bisection. */
function naiveSlope(levels: readonly HandLevel[], mid: number): number {
  const points = levels.map(([ticks], m) => [Math.abs(ticks / mid - 1), levels.slice(0, m + 1).reduce((sum, [, lots]) => sum + lots, 0)] as const)
  const derivative = (slope: number) => points.reduce((sum, [x, y]) => sum - 2 * x * (y - slope * x), 0)
  let low = 0
  let high = 1e9
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2
    if (derivative(middle) < 0) low = middle
    else high = middle
  }
  return points.length > 0 ? low : NaN
}

describe('bookSlope', () => {
  it('equals vector A5', () => {
    expectClose(runFeature(bookSlope({ levels: 3 }), [a5])[0]!, [14761.9047619048, 8833.3333333333], 1e-11)
  })

  it('minimises the squared residuals on random books', () => {
    fc.assert(
      fc.property(randomBook, fc.integer({ min: 1, max: 5 }), (spec, levels) => {
        const tick = handTick(spec)
        const mid = (tick.book.bidTicks(0) + tick.book.askTicks(0)) / 2
        const dropped = !tick.book.synced || tick.book.crossed || Number.isNaN(mid)
        const expected = [spec.bids, spec.asks].map((side) => (dropped ? NaN : naiveSlope((side ?? []).slice(0, levels), mid)))
        expectClose(runFeature(bookSlope({ levels }), [tick])[0]!, expected, 1e-7)
      }),
    )
  })

  it('is NaN where the mid is not positive and where the depth is not known', () => {
    expect(runFeature(bookSlope({ levels: 1 }), [handTick({ bids: [[-1, 1]], asks: [[1, 1]] })])).toEqual([[NaN, NaN]])
    expect(runFeature(bookSlope({ levels: 2 }), [handTick({ bids: [[99, 1]], asks: [[101, 1]], askKnownDepth: 1 })])[0]).toEqual([100, NaN])
  })

  it('refuses levels that are no count', () => {
    expect(() => bookSlope({ levels: 0 })).toThrow(/levels/)
  })
})
