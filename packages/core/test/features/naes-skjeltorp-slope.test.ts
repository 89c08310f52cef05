import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { naesSkjeltorpSlope } from '../../src/kernel.js'
import { a5, handTick, type HandLevel } from '../hand-tick.js'
import { randomBook } from '../random-ticks.js'
import { expectClose, runFeature } from '../run-feature.js'

/** By the formula as printed, with whole arrays. */
function naive(levels: readonly HandLevel[], mid: number): number {
  const v = levels.map((_, m) => Math.log(levels.slice(0, m + 1).reduce((sum, [, lots]) => sum + lots, 0)))
  const p = levels.map(([ticks]) => ticks)
  if (!((levels[0]?.[1] ?? 0) > 1)) return NaN
  return levels.reduce((sum, _, m) => sum + (m === 0 ? v[0]! / Math.abs(p[0]! / mid - 1) : (v[m]! / v[m - 1]! - 1) / Math.abs(p[m]! / p[m - 1]! - 1)), 0) / levels.length
}

describe('naesSkjeltorpSlope', () => {
  it('equals vector A5', () => {
    expectClose(runFeature(naesSkjeltorpSlope({ levels: 3 }), [a5])[0]!, [960.3076516525, 917.3615105691, 938.8345811108])
  })

  it('equals the printed formula on random books', () => {
    fc.assert(
      fc.property(randomBook, fc.integer({ min: 1, max: 5 }), (spec, levels) => {
        const tick = handTick(spec)
        const mid = (tick.book.bidTicks(0) + tick.book.askTicks(0)) / 2
        const dropped = !tick.book.synced || tick.book.crossed || Number.isNaN(mid)
        const [bid, ask] = [spec.bids, spec.asks].map((side) => (dropped ? NaN : naive((side ?? []).slice(0, levels), mid)))
        expectClose(runFeature(naesSkjeltorpSlope({ levels }), [tick])[0]!, [bid!, ask!, (bid! + ask!) / 2], 1e-9)
      }),
    )
  })

  it('is NaN on a side whose best level holds a single lot', () => {
    const row = runFeature(naesSkjeltorpSlope({ levels: 2 }), [handTick({ bids: [[99, 1], [98, 5]], asks: [[101, 2]] })])[0]!
    expectClose(row, [NaN, Math.log(2) * 100, NaN], 1e-12)
  })

  it('refuses levels that are no count', () => {
    expect(() => naesSkjeltorpSlope({ levels: -1 })).toThrow(/levels/)
  })
})
