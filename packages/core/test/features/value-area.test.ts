import { describe, expect, it } from 'vitest'
import { valueArea } from '../../src/features/value-area.js'
import { sortedSums } from '../../src/numeric/sorted-sums.js'

function areaOf(lots: readonly (readonly [bin: number, lots: number])[], share: number): number[] {
  const profile = sortedSums.init()
  for (const [bin, size] of lots) sortedSums.add(profile, bin, size)
  const area = valueArea.init()
  valueArea.find(area, profile, share)
  return [area.low, area.point, area.high]
}

describe('valueArea', () => {
  it('is nowhere without lots', () => {
    expect(valueArea.init()).toEqual({ point: NaN, low: NaN, high: NaN })
    expect(areaOf([], 0.7)).toEqual([NaN, NaN, NaN])
  })

  it('is the point of control where that holds the share, the lowest of equals', () => {
    expect(areaOf([[5, 10], [6, 3]], 0.7)).toEqual([5, 5, 5])
    expect(areaOf([[5, 10], [6, 10], [7, 10]], 0.3)).toEqual([5, 5, 5])
    expect(areaOf([[5, 10], [6, 30]], 0.75)).toEqual([6, 6, 6])
    expect(areaOf([[5, 10], [6, 30]], 0)).toEqual([6, 6, 6])
    expect(areaOf([[5, 10], [6, 30]], 1)).toEqual([5, 6, 6])
  })

  it('takes the shortest range by price and not by the number of bins', () => {
    // 10 to 20 and 20 to 22 hold the same; two bins below, three above.
    expect(areaOf([[10, 20], [20, 60], [21, 10], [22, 10]], 0.8)).toEqual([20, 20, 22])
    expect(areaOf([[18, 10], [19, 10], [20, 60], [30, 20]], 0.8)).toEqual([18, 20, 20])
  })

  it('takes of ranges of one length the one with more lots, of equal ones the lower', () => {
    expect(areaOf([[19, 20], [20, 60], [21, 25]], 0.7)).toEqual([20, 20, 21])
    expect(areaOf([[19, 25], [20, 60], [21, 20]], 0.7)).toEqual([19, 20, 20])
    expect(areaOf([[19, 20], [20, 60], [21, 20]], 0.7)).toEqual([19, 20, 20])
  })

  it('reaches below zero, and on both sides where the share needs both', () => {
    expect(areaOf([[-3, 20], [-2, 40], [-1, 20], [4, 5]], 0.9)).toEqual([-3, -2, -1])
    expect(areaOf([[-3, 20], [-2, 40], [-1, 20], [4, 5]], 1)).toEqual([-3, -2, 4])
  })
})
