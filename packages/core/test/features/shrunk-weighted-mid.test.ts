import { describe, expect, it } from 'vitest'
import { shrunkWeightedMid, type Fitted, type ShrunkWeightedMidParameters } from '../../src/kernel.js'
import { handTick, quoteTicks } from '../hand-tick.js'
import { expectClose, runColumn } from '../run-feature.js'

const fitted = (share: number): Fitted<ShrunkWeightedMidParameters> => ({ parameters: { share }, instrument: 'hand:ABC', from: 0, to: 1, rows: 9 })
const ticks = quoteTicks([[100, 5, 102, 4], [100, 8, 102, 4], [101, 2, 102, 4]])

describe('shrunkWeightedMid', () => {
  it('goes a share of the way from the mids of A1 to its weighted mids', () => {
    expectClose(runColumn(shrunkWeightedMid(fitted(0.25)), ticks), [101 + 0.25 * 0.1111111111, 101 + 0.25 * 0.3333333333, 101.5 - 0.25 * 0.1666666667])
    expectClose(runColumn(shrunkWeightedMid(fitted(0)), ticks), [101, 101, 101.5], 0)
    expectClose(runColumn(shrunkWeightedMid(fitted(1)), ticks), [101.1111111111, 101.3333333333, 101.3333333333])
  })

  it('is NaN on a one-sided book, and refuses a share that is no number', () => {
    expect(runColumn(shrunkWeightedMid(fitted(1)), [handTick({ bids: [[1, 1]] })])).toEqual([NaN])
    expect(() => shrunkWeightedMid(fitted(NaN))).toThrow(/share/)
  })
})
