import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { liquidityConcentration } from '../../src/kernel.js'
import { a5, handTick } from '../hand-tick.js'
import { randomBook } from '../random-ticks.js'
import { expectClose, runFeature } from '../run-feature.js'

describe('liquidityConcentration', () => {
  it('equals vector A5', () => {
    expectClose(runFeature(liquidityConcentration({ levels: 3 }), [a5])[0]!, [0.15, 0.215, 0.058, 0.3], 1e-12)
  })

  it('equals the shares and the mean absolute difference of random books', () => {
    fc.assert(
      fc.property(randomBook, fc.integer({ min: 1, max: 5 }), (spec, levels) => {
        const tick = handTick(spec)
        const sides = [spec.bids ?? [], spec.asks ?? []].map((side) => side.slice(0, levels).map(([, lots]) => lots))
        const lots = sides.flat()
        const [total, n] = [lots.reduce((a, b) => a + b, 0), lots.length]
        const hhi = lots.reduce((sum, x) => sum + (x / total) ** 2, 0)
        // Gini as half the relative mean difference over all pairs.
        const gini = lots.flatMap((x) => lots.map((y) => Math.abs(x - y))).reduce((a, b) => a + b, 0) / (2 * n * total)
        const dropped = !tick.book.synced || tick.book.crossed || sides.some((side) => side.length === 0)
        const expected = dropped ? [NaN, NaN, NaN, NaN] : [(sides[0]![0]! + sides[1]![0]!) / total, hhi, (hhi - 1 / n) / (1 - 1 / n), gini]
        expectClose(runFeature(liquidityConcentration({ levels }), [tick])[0]!, expected, 1e-12)
      }),
    )
  })

  it('is NaN where the depth is not known', () => {
    expect(runFeature(liquidityConcentration({ levels: 2 }), [handTick({ bids: [[99, 1]], asks: [[101, 1]], bidKnownDepth: 1 })])).toEqual([[NaN, NaN, NaN, NaN]])
  })

  it('refuses levels that are no count', () => {
    expect(() => liquidityConcentration({ levels: 0 })).toThrow(/levels/)
  })
})
