import { describe, expect, it } from 'vitest'
import { meanInterval } from '../../src/index.js'
import { autoregression } from './made-series.js'

describe('meanInterval', () => {
  it('covers the true mean of a serially correlated series about as often as it says', () => {
    const trials = 300
    let blocks = 0
    let single = 0
    for (let trial = 0; trial < trials; trial++) {
      const series = autoregression(600, 0.8, 100 + trial)
      const wide = meanInterval(series, { meanBlockRows: 40, draws: 300, seed: trial })
      const narrow = meanInterval(series, { meanBlockRows: 1, draws: 300, seed: trial })
      if (wide.low <= 0 && wide.high >= 0) blocks++
      if (narrow.low <= 0 && narrow.high >= 0) single++
    }
    // 15 blocks cost a few percent of coverage; treating rows as independent costs almost half of it.
    expect(blocks / trials).toBeGreaterThan(0.84)
    expect(blocks / trials).toBeLessThan(0.98)
    expect(single / trials).toBeLessThan(0.65)
  })

  it('contains the mean and is the same for the same seed', () => {
    const series = autoregression(500, 0.5, 1)
    const interval = meanInterval(series, { meanBlockRows: 20 })
    expect(interval.value).toBeCloseTo(series.reduce((sum, x) => sum + x, 0) / 500, 12)
    expect(interval.low).toBeLessThan(interval.value)
    expect(interval.high).toBeGreaterThan(interval.value)
    expect(meanInterval(series, { meanBlockRows: 20, seed: 1 })).toEqual(interval)
    expect(meanInterval(series, { meanBlockRows: 20, seed: 2 })).not.toEqual(interval)
  })

  it('is wider at a higher level', () => {
    const series = autoregression(500, 0.5, 1)
    const width = (level: number): number => {
      const { low, high } = meanInterval(series, { meanBlockRows: 20, level })
      return high - low
    }
    expect(width(0.99)).toBeGreaterThan(width(0.9) * 1.2)
  })
})
