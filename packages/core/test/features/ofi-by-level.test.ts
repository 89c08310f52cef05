import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ofi, ofiByLevel } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { randomTicks } from '../random-ticks.js'
import { runColumn, runFeature } from '../run-feature.js'

describe('ofiByLevel', () => {
  it('equals vector A2', () => {
    const ticks = [
      handTick({ bids: [[100, 5], [99, 10]], asks: [[102, 4], [103, 9]] }),
      handTick({ bids: [[100, 8], [99, 10]], asks: [[102, 4], [103, 6]] }),
      handTick({ bids: [[101, 2], [100, 8]], asks: [[102, 4], [103, 6]] }),
    ]
    expect(runFeature(ofiByLevel({ levels: 2 }), ticks)).toEqual([[NaN, NaN], [3, 3], [2, 8]])
  })

  it('sums to ofi', () => {
    fc.assert(
      fc.property(randomTicks(), (ticks) => {
        const sums = runFeature(ofiByLevel({ levels: 4 }), ticks).map((row) => row.reduce((sum, value) => sum + value, 0))
        expect(sums).toEqual(runColumn(ofi({ levels: 4 }), ticks))
      }),
    )
  })

  it('leaves the known levels defined where a deeper one is unknown', () => {
    const bids = [[100, 5], [99, 10]] as const
    const asks = [[102, 4], [103, 9]] as const
    const ticks = [handTick({ bids, asks }), handTick({ bids, asks, askKnownDepth: 1 })]
    expect(runFeature(ofiByLevel({ levels: 2 }), ticks)[1]).toEqual([0, NaN])
  })

  it('has a column a level', () => {
    expect(ofiByLevel({ levels: 3 }).columns.map(({ name }) => name)).toEqual(['ofi_level_1', 'ofi_level_2', 'ofi_level_3'])
    expect(() => ofiByLevel({ levels: 2.5 })).toThrow(/levels/)
  })
})
