import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sizeIncreaseImbalance } from '../../src/kernel.js'
import { handTick, quoteTicks } from '../hand-tick.js'
import { mirrored, randomBook } from '../random-ticks.js'
import { runColumn } from '../run-feature.js'

describe('sizeIncreaseImbalance', () => {
  it('equals vector A1', () => {
    const ticks = quoteTicks([
      [100, 5, 102, 4], [100, 8, 102, 4], [101, 2, 102, 4], [101, 2, 102, 1],
      [101, 2, 103, 6], [100, 7, 103, 6], [100, 7, 102, 3], [100, 3, 102, 5],
    ])
    expect(runColumn(sizeIncreaseImbalance(), ticks)).toEqual([NaN, 3, 0, 0, -5, 5, 0, -2])
  })

  it('counts one insertion at the top at every rank that shifts', () => {
    const asks = [[102, 4]] as const
    const ticks = [handTick({ bids: [[100, 5], [99, 1]], asks }), handTick({ bids: [[101, 7], [100, 5], [99, 1]], asks })]
    // Rank 1: 7 - 5, rank 2: 5 - 1, rank 3: 1 - 0.
    expect(runColumn(sizeIncreaseImbalance({ levels: 3 }), ticks)).toEqual([NaN, 7])
  })

  it('is NaN where a side is or was empty or unknown', () => {
    const whole = { bids: [[100, 5]], asks: [[102, 4]] } as const
    const ticks = [whole, { ...whole, asks: [] }, whole, whole, { ...whole, bidKnownDepth: 1 }].map(handTick)
    expect(runColumn(sizeIncreaseImbalance(), ticks)).toEqual([NaN, NaN, NaN, 0, 0])
    expect(runColumn(sizeIncreaseImbalance({ levels: 2 }), ticks)).toEqual([NaN, NaN, NaN, 0, NaN])
  })

  it('changes its sign when the sides change places', () => {
    fc.assert(
      fc.property(fc.array(randomBook, { minLength: 1 }), (specs) => {
        const there = runColumn(sizeIncreaseImbalance({ levels: 3 }), specs.map(handTick))
        const back = runColumn(sizeIncreaseImbalance({ levels: 3 }), specs.map(mirrored).map(handTick))
        expect(back.map((value) => 0 - value)).toEqual(there.map((value) => value + 0))
      }),
    )
  })

  it('names its column by its levels and refuses levels that are no count', () => {
    expect(sizeIncreaseImbalance({ levels: 5 }).columns).toEqual([{ name: 'size_increase_imbalance_5', unit: 'lots' }])
    expect(() => sizeIncreaseImbalance({ levels: 0 })).toThrow(/levels/)
  })
})
