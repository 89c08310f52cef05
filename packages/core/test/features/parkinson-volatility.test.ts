import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parkinsonVolatility } from '../../src/kernel.js'
import { handTick, quoteTicks } from '../hand-tick.js'
import { naiveMid, naiveWindows } from '../naive-window.js'
import { randomSpan, randomTicks } from '../random-ticks.js'
import { expectClose, runColumn } from '../run-feature.js'

describe('parkinsonVolatility', () => {
  it('equals vector A6', () => {
    // Bars of two mids each, the high and the low, in ticks of 0.5.
    const ticks = quoteTicks([102, 99, 102.5, 99, 101, 98.5, 103, 100].map((mid) => [2 * mid - 1, 1, 2 * mid + 1, 1]))
    const bars = runColumn(parkinsonVolatility({ ticks: 2, measure: 'variance' }), ticks).filter((_, row) => row % 2 === 1)
    expect(Math.abs(bars[0]! / 0.00032143224188558396 - 1)).toBeLessThan(1e-12)
    expect(Math.abs(bars.reduce((sum, x) => sum + x, 0) / 4 / 0.00032462416455936654 - 1)).toBeLessThan(1e-12)
  })

  it('equals the naive range of each window of random books', () => {
    fc.assert(
      fc.property(randomTicks(), randomSpan, (ticks, span) => {
        const expected = naiveWindows(ticks, span, true).map((window) => {
          const mids = (window ?? []).map(naiveMid).filter((mid) => !Number.isNaN(mid))
          return mids.length === 0 ? NaN : Math.log(Math.max(...mids) / Math.min(...mids)) ** 2 / (4 * Math.log(2))
        })
        expectClose(runColumn(parkinsonVolatility({ ...span, measure: 'variance' }), ticks), expected, 1e-14)
        expectClose(runColumn(parkinsonVolatility(span), ticks), expected.map(Math.sqrt), 1e-9)
      }),
    )
  })

  it('is NaN until covered, 0 for a flat window, NaN for a window without a mid', () => {
    const quote = { bids: [[100, 1]], asks: [[102, 1]] } as const
    const ticks = [quote, quote, { ...quote, bids: [] }, { ...quote, bids: [] }, { ...quote, synced: false }].map(handTick)
    expect(runColumn(parkinsonVolatility({ ticks: 2 }), ticks)).toEqual([NaN, 0, 0, NaN, NaN])
  })

  it('names its column by measure and span', () => {
    expect(parkinsonVolatility({ ticks: 200 }).columns).toEqual([{ name: 'parkinson_vol_200', unit: 'log-return' }])
    expect(parkinsonVolatility({ micros: 1_000_000, measure: 'variance' }).columns).toEqual([{ name: 'parkinson_var_1s', unit: 'ratio' }])
    expect(() => parkinsonVolatility({ ticks: 0 })).toThrow(/ticks/)
    expect(() => parkinsonVolatility({ ticks: 1, measure: '' as never })).toThrow(/measure/)
  })
})
