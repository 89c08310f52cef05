import { describe, expect, it } from 'vitest'
import { fitShrunkWeightedMid } from '../../src/kernel.js'

const data = { instrument: 'hand:ABC', from: 1, to: 9 } as const

describe('fitShrunkWeightedMid', () => {
  it('recovers the share that made the data, and counts the rows without NaN', () => {
    const mids = [100, 101, 102, 103, 104]
    const weighted = [100.5, 100.75, 102, 103.25, NaN]
    const later = mids.map((mid, row) => mid + 0.125 * (weighted[row]! - mid))
    expect(fitShrunkWeightedMid(mids, weighted, later, data)).toEqual({ parameters: { share: 0.125 }, ...data, rows: 4 })
  })

  it('is the least-squares slope through the origin', () => {
    // (1)(1) + (-2)(-1) + (1)(0) over 1 + 4 + 1
    expect(fitShrunkWeightedMid([0, 0, 0], [1, -2, 1], [1, -1, 0], data).parameters.share).toBe(3 / 6)
  })

  it('refuses lengths that differ and rows without a pull', () => {
    expect(() => fitShrunkWeightedMid([1, 2], [1], [1, 2], data)).toThrow(/2, got 1 and 2/)
    expect(() => fitShrunkWeightedMid([1, 2], [1, NaN], [3, 4], data)).toThrow(/none in 1 without NaN/)
  })
})
