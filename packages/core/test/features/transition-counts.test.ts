import { describe, expect, it } from 'vitest'
import { transitionCounts } from '../../src/features/transition-counts.js'

describe('transitionCounts', () => {
  it('counts each transition as it was and mirrored, apart by whether the mid moved', () => {
    // 0 to 0 and 1 to 0 at rest, 0 to 1 up by half a tick; mirrored 1 to 1 and 0 to 1 at rest, 1 to 0 down by half a tick.
    const { visited, still, moving, meanMove, rows } = transitionCounts([10, 10, 10.5, 10.5], [0, 0, 1, 0], 2, 1)
    expect([visited, rows]).toEqual([[0, 1], 3])
    expect([...still]).toEqual([1 / 3, 1 / 3, 1 / 3, 1 / 3])
    expect([...moving]).toEqual([0, 1 / 3, 1 / 3, 0])
    expect([...meanMove]).toEqual([0.5 / 3, -0.5 / 3])
  })

  it('mirrors the imbalance and keeps the spread', () => {
    // Three imbalances by two spreads: 2 and 3 are one tick wide and least balanced upwards, two wide and least balanced downwards.
    const { visited, moving, meanMove, rows } = transitionCounts([10, 11, 10, 11], [2, 3, 2, 3], 3, 2)
    expect([visited, rows]).toEqual([[0, 2, 3, 5], 3])
    // 2 to 3 up and 3 to 2 down by a tick, mirrored 0 to 5 down and 5 to 0 up.
    expect([...moving]).toEqual([0, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0])
    expect([...meanMove]).toEqual([-1, 1, -1, 1])
  })

  it('leaves out what leads to a state that is never left, and then what led there', () => {
    expect(transitionCounts([10, 10, 10], [0, 3, 4], 3, 2)).toMatchObject({ visited: [], rows: 0 })
    // 0 goes to itself and then on to 3, which is never left.
    expect(transitionCounts([10, 10, 10], [0, 0, 3], 3, 2)).toMatchObject({ visited: [0, 2], rows: 1, still: Float64Array.of(1, 0, 0, 1) })
  })

  it('counts no transition into, out of or across a row without a state or a mid', () => {
    expect(transitionCounts([10, 10, 10, 10, 10], [0, 0, -1, 0, 0], 2, 1).rows).toBe(2)
    expect(transitionCounts([10, 10, NaN, 10, 10], [0, 0, 0, 0, 0], 2, 1).rows).toBe(2)
    expect(transitionCounts([], [], 2, 1).rows).toBe(0)
  })

  it('takes a mid as the nearest half tick', () => {
    const { meanMove } = transitionCounts([10, 10.500001, 9.999999], [0, 0, 0], 1, 1)
    expect(meanMove[0]).toBe(0)
    expect([...transitionCounts([10, 10.2, 10.1], [0, 0, 0], 1, 1).still]).toEqual([1])
  })
})
