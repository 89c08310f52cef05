import { describe, expect, it } from 'vitest'
import { relativeSpread } from '../../src/kernel.js'
import { a5, handTick } from '../hand-tick.js'
import { expectClose, runColumn } from '../run-feature.js'

describe('relativeSpread', () => {
  it('is the spread of A5 over its mid', () => {
    expectClose(runColumn(relativeSpread(), [a5]), [0.002], 1e-15)
  })

  it('is NaN on a one-sided book, on a crossed one and where the mid is not positive', () => {
    const ticks = [{ bids: [[1, 1]] }, { bids: [[2, 1]], asks: [[2, 1]] }, { bids: [[-1, 1]], asks: [[1, 1]] }] as const
    expect(runColumn(relativeSpread(), ticks.map(handTick))).toEqual([NaN, NaN, NaN])
  })
})
