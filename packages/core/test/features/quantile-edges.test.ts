import { describe, expect, it } from 'vitest'
import { quantileEdges } from '../../src/features/quantile-edges.js'

describe('quantileEdges', () => {
  it('halves the distance between opposite quantiles, between two values by their weights', () => {
    // Of -0.8, -0.2, 0.1, 0.5 and 0.9 the quarters are -0.2, 0.1 and 0.5; the fifths -0.32, -0.02, 0.26 and 0.58.
    const sample = [0.9, -0.8, 0.5, NaN, -0.2, 0.1]
    expect([...quantileEdges(sample, 4)]).toEqual([-0.35, 0, 0.35])
    const fifths = [...quantileEdges(sample, 5)]
    ;[-0.45, -0.14, 0.14, 0.45].forEach((edge, at) => expect(fifths[at]).toBeCloseTo(edge, 12))
  })

  it('sorts by value and not by digits', () => {
    expect([...quantileEdges([10, 9, -1, -100, 2], 2)]).toEqual([0])
    expect([...quantileEdges([100, 9, 80, -7, -10], 4)]).toEqual([-43.5, 0, 43.5])
  })

  it('gives no edge to a single bucket, and none that is a number to an empty sample', () => {
    expect([...quantileEdges([1, 2], 1)]).toEqual([])
    expect([...quantileEdges([], 3)]).toEqual([NaN, NaN])
  })
})
