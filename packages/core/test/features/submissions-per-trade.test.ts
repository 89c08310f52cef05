import { describe, expect, it } from 'vitest'
import { submissionsPerTrade } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { runColumn } from '../run-feature.js'

describe('submissionsPerTrade', () => {
  it('divides arrivals by executions, over the window', () => {
    const quote = { bids: [[100, 5]], asks: [[102, 4]] } as const
    const ticks = [
      handTick({ ...quote, changes: [[1, 100, 0, 2, 'add'], [-1, 102, 0, 2, 'add']] }),
      handTick({ ...quote, changes: [[1, 100, 2, 0, 'fill']], trade: { ticks: 100, lots: -2 } }),
      handTick({ ...quote, changes: [[-1, 102, 0, 9, 'add']] }),
      handTick({ ...quote, trade: { ticks: 101, lots: 50, print: 'hidden' } }),
    ]
    expect(runColumn(submissionsPerTrade({ ticks: 2 }), ticks)).toEqual([NaN, 2, 1, NaN])
  })
})
