import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sweepPrice } from '../../src/kernel.js'
import { a5, handTick, type HandLevel } from '../hand-tick.js'
import { randomBook } from '../random-ticks.js'
import { expectClose, runFeature } from '../run-feature.js'

/** Lot by lot. */
function naiveSweep(levels: readonly HandLevel[], lots: number): number[] {
  const unit = levels.flatMap(([ticks, size]) => Array<number>(size).fill(ticks)).slice(0, lots)
  return [unit.reduce((sum, ticks) => sum + ticks, 0) / unit.length, lots - unit.length]
}

describe('sweepPrice', () => {
  it('equals vector A5', () => {
    expectClose(runFeature(sweepPrice({ lots: 20, levels: 3 }), [a5])[0]!, [100.175, 0, 99.85, 0], 1e-13)
    expectClose(runFeature(sweepPrice({ lots: 50, levels: 3 }), [a5])[0]!, [100.2625, 10, 99.74, 0], 1e-13)
  })

  it('equals a walk lot by lot on random books', () => {
    fc.assert(
      fc.property(randomBook, fc.integer({ min: 1, max: 90 }), fc.integer({ min: 1, max: 5 }), (spec, lots, levels) => {
        const tick = handTick(spec)
        const dropped = !tick.book.synced || tick.book.crossed
        const expected = [...naiveSweep((spec.asks ?? []).slice(0, levels), lots), ...naiveSweep((spec.bids ?? []).slice(0, levels), lots)]
        expectClose(runFeature(sweepPrice({ lots, levels }), [tick])[0]!, dropped ? [NaN, NaN, NaN, NaN] : expected, 1e-12)
      }),
    )
  })

  it('is NaN only where it would go beyond what is known', () => {
    const book = { bids: [[99, 5]], asks: [[101, 5]], askKnownDepth: 1, bidKnownDepth: 1 } as const
    expect(runFeature(sweepPrice({ lots: 5, levels: 2 }), [handTick(book)])).toEqual([[101, 0, 99, 0]])
    expect(runFeature(sweepPrice({ lots: 6, levels: 2 }), [handTick(book)])).toEqual([[NaN, NaN, NaN, NaN]])
  })

  it('refuses options that are no counts', () => {
    expect(() => sweepPrice({ lots: 0, levels: 1 })).toThrow(/lots/)
    expect(() => sweepPrice({ lots: 1, levels: 1.5 })).toThrow(/levels/)
  })
})
