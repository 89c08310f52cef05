import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { bookVwap, type Feature } from '../../src/kernel.js'
import { a5, handInstrument, handTick, type HandLevel } from '../hand-tick.js'
import { randomBook } from '../random-ticks.js'
import { expectClose, runFeature } from '../run-feature.js'

describe('bookVwap', () => {
  it('equals vector A5', () => {
    expectClose(runFeature(bookVwap({ levels: 3 }), [a5])[0]!, [299.15 / 3, 100.2625, 99.935], 1e-13)
  })

  it('equals the naive means on random books', () => {
    const mean = (levels: readonly HandLevel[]) => levels.reduce((sum, [ticks, lots]) => sum + ticks * lots, 0) / levels.reduce((sum, [, lots]) => sum + lots, 0)
    fc.assert(
      fc.property(randomBook, fc.integer({ min: 1, max: 5 }), (spec, levels) => {
        const tick = handTick(spec)
        const bids = (spec.bids ?? []).slice(0, levels)
        const asks = (spec.asks ?? []).slice(0, levels)
        const dropped = !tick.book.synced || tick.book.crossed
        expectClose(runFeature(bookVwap({ levels }), [tick])[0]!, dropped ? [NaN, NaN, NaN] : [mean(bids), mean(asks), mean([...bids, ...asks])], 1e-12)
      }),
    )
  })

  it('is NaN on an empty side and on one that is not known so deep', () => {
    const asks = [[101, 4]] as const
    expect(runFeature(bookVwap({ levels: 2 }), [handTick({ asks }), handTick({ asks, askKnownDepth: 1 })])).toEqual([[NaN, 101, 101], [NaN, NaN, NaN]])
  })

  it('keeps the digits of a small spread at a great price', () => {
    const instrument = { ...handInstrument, tickSize: 0.01 }
    const tick = handTick({ bids: [[1e11, 3], [1e11 - 1, 1]], asks: [[1e11 + 1, 3]], instrument })
    expect(runFeature(bookVwap({ levels: 2 }), [tick])[0]).toEqual([(1e11 - 0.25) / 100, 1e9 + 0.01, (1e11 + 2 / 7) / 100])
  })

  it('names its columns and refuses levels that are no count', () => {
    expectTypeOf(bookVwap({ levels: 2 })).toEqualTypeOf<Feature<'bid_vwap_2' | 'ask_vwap_2' | 'book_vwap_2'>>()
    expect(() => bookVwap({ levels: 0 })).toThrow(/levels/)
  })
})
