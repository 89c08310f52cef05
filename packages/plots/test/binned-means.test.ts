import { describe, expect, it } from 'vitest'
import { binnedMeans } from '../src/binned-means.js'

describe('binnedMeans', () => {
  // numpy: sort by x, halves, mean and mean -+ 1.96 scipy.stats.sem
  it('is the means of equal groups by rank of x, with 1.96 standard errors', () => {
    const { x, y, low, high, fewest } = binnedMeans([5, 3, 8, 1, 9, 2, 7, 4, 6, 0, 11, 10, Number.NaN], [2, 1, 4, 0, 7, 3, 5, 2, 2, 1, 9, 6, 99], 2)
    expect(x).toEqual([2.5, 8.5])
    expect(y).toEqual([1.5, 5.5])
    expect(low[0]).toBeCloseTo(0.6607781381938781, 12)
    expect(low[1]).toBeCloseTo(3.5564019619959137, 12)
    expect(high[0]).toBeCloseTo(2.339221861806122, 12)
    expect(high[1]).toBeCloseTo(7.443598038004087, 12)
    expect(fewest).toBe(6)
  })

  it('has bins of 5 or more, and none under 10 pairs', () => {
    const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i)
    expect(binnedMeans(upTo(9), upTo(9), 20).x).toEqual([])
    expect(binnedMeans(upTo(23), upTo(23), 20).x).toHaveLength(4)
    expect(binnedMeans(upTo(1000), upTo(1000), 20).x).toHaveLength(20)
  })
})
