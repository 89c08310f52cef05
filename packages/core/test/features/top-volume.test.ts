import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { topVolume, type Feature } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { randomBook } from '../random-ticks.js'
import { runFeature } from '../run-feature.js'

describe('topVolume', () => {
  it('sums the lots of the best levels of each side', () => {
    const a5 = handTick({ bids: [[999, 10], [998, 20], [996, 30]], asks: [[1001, 5], [1002, 25], [1005, 10]] })
    expect(runFeature(topVolume({ levels: 1 }), [a5])).toEqual([[10, 5]])
    expect(runFeature(topVolume({ levels: 2 }), [a5])).toEqual([[30, 30]])
    expect(runFeature(topVolume({ levels: 9 }), [a5])).toEqual([[60, 40]])
  })

  it('equals the naive sums on random books', () => {
    fc.assert(
      fc.property(randomBook, fc.integer({ min: 1, max: 5 }), (spec, levels) => {
        const tick = handTick(spec)
        const sum = (side: typeof spec.bids) => (side ?? []).slice(0, levels).reduce((total, [, lots]) => total + lots, 0)
        const dropped = !tick.book.synced || tick.book.crossed
        expect(runFeature(topVolume({ levels }), [tick])).toEqual([dropped ? [NaN, NaN] : [sum(spec.bids), sum(spec.asks)]])
      }),
    )
  })

  it('is 0 on an empty side and NaN on one that is not known so deep', () => {
    const asks = [[101, 4]] as const
    expect(runFeature(topVolume({ levels: 2 }), [handTick({ asks }), handTick({ asks, askKnownDepth: 1 })])).toEqual([[0, 4], [0, NaN]])
  })

  it('names its columns by its levels and refuses levels that are no count', () => {
    expect(topVolume({ levels: 10 }).columns.map(({ name }) => name)).toEqual(['bid_volume_10', 'ask_volume_10'])
    expectTypeOf(topVolume({ levels: 10 })).toEqualTypeOf<Feature<'bid_volume_10' | 'ask_volume_10'>>()
    expect(() => topVolume({ levels: 0 })).toThrow(/levels/)
  })
})
