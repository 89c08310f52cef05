import { describe, expect, it } from 'vitest'
import { depthWithin } from '../../src/kernel.js'
import { a5, handTick } from '../hand-tick.js'
import { runFeature } from '../run-feature.js'

describe('depthWithin', () => {
  it('counts the levels of A5 by their distance, the border included', () => {
    expect(runFeature(depthWithin({ basisPoints: 10, levels: 3 }), [a5])).toEqual([[10, 5]])
    expect(runFeature(depthWithin({ basisPoints: 20, levels: 3 }), [a5])).toEqual([[30, 30]])
    expect(runFeature(depthWithin({ basisPoints: 9, levels: 3 }), [a5])).toEqual([[0, 0]])
    expect(runFeature(depthWithin({ basisPoints: 45, levels: 4 }), [a5])).toEqual([[60, 30]])
  })

  it('is NaN where it cannot see the end of its reach', () => {
    expect(runFeature(depthWithin({ basisPoints: 20, levels: 2 }), [a5])).toEqual([[NaN, NaN]])
    const book = { bids: [[9990, 1]], asks: [[10010, 1]] } as const
    expect(runFeature(depthWithin({ basisPoints: 20, levels: 5 }), [handTick({ ...book, bidKnownDepth: 1 })])).toEqual([[NaN, 1]])
  })

  it('is NaN without a positive mid, and refuses options that are no counts', () => {
    expect(runFeature(depthWithin({ basisPoints: 20, levels: 2 }), [handTick({ bids: [[-3, 1]], asks: [[1, 1]] }), handTick({ bids: [[3, 1]] })])).toEqual([[NaN, NaN], [NaN, NaN]])
    expect(() => depthWithin({ basisPoints: 0.5, levels: 2 })).toThrow(/basisPoints/)
    expect(() => depthWithin({ basisPoints: 5, levels: 0 })).toThrow(/levels/)
  })
})
