import { describe, expect, it } from 'vitest'
import { roundTripCost } from '../../src/kernel.js'
import { a5, handTick } from '../hand-tick.js'
import { expectClose, runColumn } from '../run-feature.js'

describe('roundTripCost', () => {
  it('is the difference of the two sweeps of vector A5 over the mid', () => {
    expectClose(runColumn(roundTripCost({ lots: 20, levels: 3 }), [a5]), [(100.175 - 99.85) / 100], 1e-13)
  })

  it('equals the relative spread for one lot', () => {
    expectClose(runColumn(roundTripCost({ lots: 1, levels: 1 }), [a5]), [0.2 / 100], 1e-13)
  })

  it('is NaN where a side cannot fill the size, or the mid is not positive', () => {
    expect(runColumn(roundTripCost({ lots: 41, levels: 3 }), [a5])).toEqual([NaN])
    expect(runColumn(roundTripCost({ lots: 40, levels: 3 }), [a5])[0]).toBeGreaterThan(0)
    expect(runColumn(roundTripCost({ lots: 1, levels: 1 }), [handTick({ bids: [[-2, 1]], asks: [[1, 1]] })])).toEqual([NaN])
  })

  it('refuses options that are no counts', () => {
    expect(() => roundTripCost({ lots: -1, levels: 1 })).toThrow(/lots/)
    expect(() => roundTripCost({ lots: 1, levels: 0 })).toThrow(/levels/)
  })
})
