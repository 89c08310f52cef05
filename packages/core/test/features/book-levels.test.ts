import { describe, expect, it } from 'vitest'
import { bookLevels } from '../../src/kernel.js'
import { a5, handTick } from '../hand-tick.js'
import { runFeature } from '../run-feature.js'

describe('bookLevels', () => {
  it('lists the levels of A5, ask first', () => {
    expect(runFeature(bookLevels({ levels: 2 }), [a5])).toEqual([[100.1, 5, 99.9, 10, 100.2, 25, 99.8, 20]])
  })

  it('tells an absent level from an unknown one', () => {
    expect(runFeature(bookLevels({ levels: 2 }), [handTick({ bids: [[1, 2]], asks: [[3, 4]], bidKnownDepth: 1 })])).toEqual([[3, 4, 1, 2, NaN, 0, NaN, NaN]])
    expect(() => bookLevels({ levels: 0 })).toThrow(/levels/)
  })
})
