import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { depthProfile } from '../../src/kernel.js'
import { a5, handTick } from '../hand-tick.js'
import { randomBook } from '../random-ticks.js'
import { expectClose, runFeature } from '../run-feature.js'

describe('depthProfile', () => {
  it('shares the lots of A5 among bins of two ticks', () => {
    expectClose(runFeature(depthProfile({ bins: 2, binTicks: 2, levels: 3 }), [a5])[0]!, [30 / 90, 30 / 90, 30 / 90, 0], 1e-15)
  })

  it('equals a histogram of single lots on random books', () => {
    fc.assert(
      fc.property(randomBook, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 5 }), (spec, bins, binTicks, levels) => {
        const tick = handTick(spec)
        const mid = (tick.book.bidTicks(0) + tick.book.askTicks(0)) / 2
        const sides = [spec.bids ?? [], spec.asks ?? []].map((side) =>
          Array.from({ length: bins }, (_, k) => side.slice(0, levels).filter(([ticks]) => Math.abs(ticks - mid) > k * binTicks && Math.abs(ticks - mid) <= (k + 1) * binTicks).reduce((sum, [, lots]) => sum + lots, 0)))
        const total = sides.flat().reduce((a, b) => a + b, 0)
        const dropped = !tick.book.synced || tick.book.crossed || Number.isNaN(mid) || total === 0
        expectClose(runFeature(depthProfile({ bins, binTicks, levels }), [tick])[0]!, sides.flat().map((lots) => (dropped ? NaN : lots / total)), 1e-14)
      }),
    )
  })

  it('is NaN where the depth is not known', () => {
    expect(runFeature(depthProfile({ bins: 1, levels: 2 }), [handTick({ bids: [[99, 1]], asks: [[101, 1]], bidKnownDepth: 1 })])).toEqual([[NaN, NaN]])
  })

  it('names its columns and refuses options that are no counts', () => {
    expect(depthProfile({ bins: 2, levels: 3 }).columns.map(({ name }) => name)).toEqual(['bid_profile_2x1_1', 'bid_profile_2x1_2', 'ask_profile_2x1_1', 'ask_profile_2x1_2'])
    expect(() => depthProfile({ bins: 0, levels: 3 })).toThrow(/bins/)
    expect(() => depthProfile({ bins: 1, levels: 3, binTicks: 0.5 })).toThrow(/binTicks/)
  })
})
