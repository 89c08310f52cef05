import { describe, expect, it } from 'vitest'
import { bootstrapSums, stationaryBlocks } from '../../src/index.js'
import { autoregression } from './made-series.js'

describe('stationaryBlocks', () => {
  it('draws runs that make up exactly the rows, of the stated mean length', () => {
    const plan = stationaryBlocks(1000, { meanBlockRows: 25 })
    const seen = new Float64Array(1000)
    let runs = 0
    for (let draw = 0; draw < 400; draw++) {
      let rows = 0
      plan.draw((first, count) => {
        expect(first >= 0 && count > 0 && first + count <= 1000).toBe(true)
        for (let row = first; row < first + count; row++) seen[row]! += 1
        rows += count
        runs++
      })
      expect(rows).toBe(1000)
    }
    // 40 blocks a draw, one cut at the end, and 2.5 % more runs from wrapping.
    expect(runs / 400).toBeGreaterThan(39.5)
    expect(runs / 400).toBeLessThan(43.5)
    // Every row is as likely as any other: 400 times, give or take 140 in blocks of 25.
    expect(Math.min(...seen)).toBeGreaterThan(180)
    expect(Math.max(...seen)).toBeLessThan(650)
  })

  it('has the variance that Politis and Romano give for the mean', () => {
    const rows = 400
    const mean = 20
    const series = autoregression(rows, 0.7, 3)
    const { draws } = bootstrapSums(
      { rows, sums: 1, statistics: 1, add: (row, sums) => { sums[0]! += series[row]! }, evaluate: (sums, out, at) => { out[at] = sums[0]! / rows } },
      { meanBlockRows: mean, draws: 40_000 },
    )
    const average = draws.reduce((sum, x) => sum + x / draws.length, 0)
    const variance = draws.reduce((sum, x) => sum + (x - average) ** 2 / draws.length, 0)
    // Lemma 1 of the paper: circular autocovariances, weighted (1 - i/n)(1 - p)^i + (i/n)(1 - p)^(n - i).
    const centre = series.reduce((sum, x) => sum + x / rows, 0)
    const circular = (lag: number): number => series.reduce((sum, x, row) => sum + ((x - centre) * (series[(row + lag) % rows]! - centre)) / rows, 0)
    const p = 1 / mean
    let expected = circular(0)
    for (let lag = 1; lag < rows; lag++) expected += 2 * (1 - lag / rows) * (1 - p) ** lag * circular(lag)
    expected /= rows
    // The variance of 40,000 draws is known to 0.7 %.
    expect(variance / expected).toBeGreaterThan(0.97)
    expect(variance / expected).toBeLessThan(1.03)
  })

  it('refuses too few blocks and bad options', () => {
    const bad = (options: object, message: string): void =>
      expect(() => stationaryBlocks(100, { meanBlockRows: 10, ...options })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining(message) }))
    bad({ meanBlockRows: 21 }, 'at least 5 blocks of meanBlockRows 21, got 100 rows')
    bad({ meanBlockRows: 0.5 }, 'meanBlockRows')
    bad({ draws: 1 }, 'draws')
    bad({ level: 1 }, 'level')
    bad({ level: 0 }, 'level')
    expect(stationaryBlocks(100, { meanBlockRows: 20 }).draws).toBe(2000)
  })
})
