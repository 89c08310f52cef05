import { testFeature } from '@rxlob/testkit'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { ewmaScore, spread, type Feature } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { expectClose, runColumn } from '../run-feature.js'

const rows: [number, number][] = [[0, 2], [400_000, 4], [400_000, 8], [1_100_000, 3], [2_500_000, 5], [2_600_000, 2]]
const ticks = rows.map(([at, width]) => handTick({ bids: [[100, 1]], asks: [[100 + width, 1]], at }))

describe('ewmaScore', () => {
  it('equals a mean and a variance weighted by the age of what came before', () => {
    // The value before an interval has held through it: weights are the decays from the ends of the intervals.
    const expected = rows.map(([at, width], row) => {
      if (at < 1_000_000) return NaN
      let [mean, variance, last] = [rows[0]![1], 0, 0]
      for (const [time, value] of rows.slice(1, row)) {
        const keep = Math.exp(-(time - last) / 1e6)
        const next = keep * mean + (1 - keep) * value
        variance = keep * (variance + mean * mean) + (1 - keep) * value * value - next * next
        mean = next
        last = time
      }
      return (width - mean) / Math.sqrt(variance)
    })
    expectClose(runColumn(ewmaScore(spread(), { tauMicros: 1_000_000 }), ticks), expected, 1e-9)
  })

  it.each(testFeature(ewmaScore(spread(), { tauMicros: 2_000_000 }), { mirror: 'keeps', variant: ewmaScore(spread(), { tauMicros: 3_000_000 }) }))('$name', ({ run }) => run())

  it('names its column by its time, and refuses one that is none', () => {
    expectTypeOf(ewmaScore(spread(), { tauMicros: 5 })).toMatchTypeOf<Feature<`spread_z_ewma_${string}`>>()
    expect(ewmaScore(spread(), { tauMicros: 60_000_000 }).name).toBe('spread_z_ewma_60s')
    expect(() => ewmaScore(spread(), { tauMicros: 0 })).toThrow(/micros/)
  })
})
