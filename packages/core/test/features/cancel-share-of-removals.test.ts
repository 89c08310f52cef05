import { describe, expect, it } from 'vitest'
import { cancelShareOfRemovals } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { runColumn } from '../run-feature.js'

describe('cancelShareOfRemovals', () => {
  it('divides cancelled lots by all that left, over the window', () => {
    const quote = { bids: [[100, 5]], asks: [[102, 4]] } as const
    const ticks = [
      handTick({ ...quote, changes: [[1, 100, 8, 2, 'cancel']] }),
      handTick({ ...quote, changes: [[1, 100, 2, 0, 'fill']], trade: { ticks: 100, lots: -2 } }),
      handTick({ ...quote, trade: { ticks: 101, lots: 50, print: 'hidden' } }),
      handTick({ ...quote, changes: [[-1, 102, 0, 9, 'add']] }),
    ]
    expect(runColumn(cancelShareOfRemovals({ ticks: 2 }), ticks)).toEqual([NaN, 6 / 8, 0, NaN])
  })
})
