import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ranking } from '../../src/numeric/ranking.js'

describe('ranking', () => {
  it('orders by falling score, then by row, NaN last', () => {
    expect([...ranking([1, NaN, 3, 1, -Infinity, 3, Infinity])]).toEqual([6, 2, 5, 0, 3, 1, 4])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 })), (scores) => {
        const naive = scores.map((score, row) => ({ score, row })).sort((a, b) => b.score - a.score || a.row - b.row)
        expect([...ranking(scores)]).toEqual(naive.map(({ row }) => row))
      }),
    )
  })
})
