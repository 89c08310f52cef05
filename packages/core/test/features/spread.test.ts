import { describe, expect, it } from 'vitest'
import { spread } from '../../src/kernel.js'
import { handTick, quoteTicks } from '../hand-tick.js'
import { runColumn } from '../run-feature.js'

describe('spread', () => {
  it('is the distance between the best prices in ticks', () => {
    expect(runColumn(spread(), quoteTicks([[100, 5, 102, 4], [101, 2, 102, 4], [101, 2, 117, 6]]))).toEqual([2, 1, 16])
    expect(spread().columns).toEqual([{ name: 'spread', unit: 'ticks' }])
  })

  it('is NaN while a side is empty, or the book is locked or not synced', () => {
    const ticks = [
      handTick({ bids: [[100, 1]] }), handTick({ asks: [[100, 1]] }), handTick({ bids: [[100, 1]], asks: [[100, 1]] }),
      handTick({ bids: [[100, 1]], asks: [[101, 1]], synced: false }),
    ]
    expect(runColumn(spread(), ticks)).toEqual([NaN, NaN, NaN, NaN])
  })
})
