import { describe, expect, it } from 'vitest'
import { bootstrapInterval, bootstrapSums, percentileInterval } from '../../src/index.js'
import { autoregression } from './made-series.js'

describe('bootstrapSums', () => {
  it('gives what the resampled rows give, for several statistics of one resample', () => {
    const [gain, cost] = [autoregression(300, 0.5, 1), autoregression(300, 0.5, 2).map((x) => x + 9)]
    const options = { meanBlockRows: 15, draws: 200, seed: 4 }
    const { values, draws } = bootstrapSums(
      {
        rows: 300, sums: 2, statistics: 2,
        add: (row, sums) => {
          sums[0]! += gain[row]!
          sums[1]! += cost[row]!
        },
        evaluate: (sums, out, at) => {
          out[at] = sums[0]! / sums[1]!
          out[at + 1] = sums[1]! / 300
        },
      },
      options,
    )
    const total = (of: Float64Array, rows: Uint32Array): number => rows.reduce((sum, row) => sum + of[row]!, 0)
    const slow = [
      bootstrapInterval(300, (rows) => total(gain, rows) / total(cost, rows), options),
      bootstrapInterval(300, (rows) => total(cost, rows) / 300, options),
    ]
    slow.forEach(({ value, low, high }, s) => {
      const fast = percentileInterval(values[s]!, draws.filter((_, at) => at % 2 === s))
      expect(fast.value).toBeCloseTo(value, 10)
      expect(fast.low).toBeCloseTo(low, 10)
      expect(fast.high).toBeCloseTo(high, 10)
    })
  })
})
