import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { queueImbalance } from '../../src/kernel.js'
import { handTick, quoteTicks } from '../hand-tick.js'
import { mirrored, randomBook, scaled } from '../random-ticks.js'
import { expectClose, runColumn } from '../run-feature.js'

describe('queueImbalance', () => {
  it('equals vector A1, 2 I - 1', () => {
    const ticks = quoteTicks([
      [100, 5, 102, 4], [100, 8, 102, 4], [101, 2, 102, 4], [101, 2, 102, 1],
      [101, 2, 103, 6], [100, 7, 103, 6], [100, 7, 102, 3], [100, 3, 102, 5],
    ])
    const share = [0.5555555556, 0.6666666667, 0.3333333333, 0.6666666667, 0.25, 0.5384615385, 0.7, 0.375]
    expectClose(runColumn(queueImbalance(), ticks), share.map((i) => 2 * i - 1))
  })

  it('stays in [-1, 1], changes its sign with the sides and ignores the unit of size', () => {
    fc.assert(
      fc.property(randomBook, fc.integer({ min: 2, max: 100 }), (spec, by) => {
        const value = runColumn(queueImbalance(), [handTick(spec)])[0]!
        expect(Math.abs(value) > 1).toBe(false)
        expect(runColumn(queueImbalance(), [handTick(mirrored(spec))])[0]! + 0).toBe(0 - value)
        expectClose(runColumn(queueImbalance(), [handTick(scaled(spec, by))]), [value], 1e-12)
      }),
    )
  })

  it('is NaN while a side is empty, or the book is crossed or not synced', () => {
    const ticks = [
      handTick({ bids: [[100, 1]] }), handTick({ asks: [[100, 1]] }), handTick({ bids: [[100, 1]], asks: [[99, 1]] }),
      handTick({ bids: [[100, 1]], asks: [[101, 1]], synced: false }), handTick({}),
    ]
    expect(runColumn(queueImbalance(), ticks)).toEqual([NaN, NaN, NaN, NaN, NaN])
    expect(queueImbalance().columns).toEqual([{ name: 'queue_imbalance', unit: 'ratio' }])
  })
})
