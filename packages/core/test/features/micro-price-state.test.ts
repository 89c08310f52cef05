import { describe, expect, it } from 'vitest'
import { microPriceState } from '../../src/features/micro-price-state.js'

const edges = [-0.4, 0, 0.4]

describe('microPriceState', () => {
  it('counts the edges below the imbalance, a tie going to the bucket nearer 0', () => {
    expect([-1, -0.41, -0.4, -0.1, 0, 0.1, 0.4, 0.41, 1].map((imbalance) => microPriceState(edges, 2, imbalance, 1))).toEqual([0, 0, 1, 1, 1, 2, 2, 3, 3])
  })

  it('goes on from spread to spread, the widest one taking all beyond it', () => {
    expect([1, 1.4, 1.5, 2, 3, 50].map((spread) => microPriceState(edges, 3, 0.5, spread))).toEqual([3, 3, 7, 7, 11, 11])
  })

  it('is none where there is no imbalance, no spread or one of less than a tick', () => {
    expect([[NaN, 1], [0, NaN], [0, 0.9], [0, 0], [0, -1]].map(([imbalance, spread]) => microPriceState(edges, 2, imbalance!, spread!))).toEqual([-1, -1, -1, -1, -1])
  })
})
