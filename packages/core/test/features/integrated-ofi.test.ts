import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { integratedOfi, ofiByLevel, type Fitted, type IntegratedOfiParameters, type RollingSpan, type Tick } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { naiveWindows } from '../naive-window.js'
import { randomSpan, randomTicks } from '../random-ticks.js'
import { expectClose, runColumn, runFeature } from '../run-feature.js'

const fitted = (weights: readonly number[], scaling: 'none' | 'depth' = 'none'): Fitted<IntegratedOfiParameters> => ({
  parameters: { weights, explained: 0.9, scaling }, instrument: 'hand:ABC', from: 0, to: 1, rows: 10,
})

function naive(ticks: readonly Tick[], weights: readonly number[], span: RollingSpan, scaled: boolean): number[] {
  const flows = new Map(runFeature(ofiByLevel({ levels: weights.length }), ticks).map((row, i) => [ticks[i]!, row.reduce((sum, e, m) => sum + e * weights[m]!, 0)]))
  const depth = ({ book }: Tick) => weights.reduce((sum, _, m) => sum + (book.bidLots(m) + book.askLots(m)) / 2, 0) / weights.length
  return naiveWindows(ticks, span, true).map((window) => {
    const defined = (window ?? []).filter((tick) => !Number.isNaN(flows.get(tick)))
    if (defined.length === 0) return NaN
    const flow = defined.reduce((sum, tick) => sum + flows.get(tick)!, 0)
    return scaled ? flow / (defined.reduce((sum, tick) => sum + depth(tick), 0) / defined.length) : flow
  })
}

describe('integratedOfi', () => {
  const asks = [[102, 4], [103, 9]] as const
  const a2 = [
    handTick({ bids: [[100, 5], [99, 10]], asks }),
    handTick({ bids: [[100, 8], [99, 10]], asks: [[102, 4], [103, 6]] }),
    handTick({ bids: [[101, 2], [100, 8]], asks: [[102, 4], [103, 6]] }),
  ]

  it('weights the levels of vector A2', () => {
    // e = (3, 3) then (2, 8); the mean of the four sizes is 7, then 5.
    expectClose(runColumn(integratedOfi(fitted([0.25, 0.75])), a2), [NaN, 3, 6.5])
    expectClose(runColumn(integratedOfi(fitted([0.25, 0.75], 'depth')), a2), [NaN, 3 / 7, 6.5 / 5])
    expectClose(runColumn(integratedOfi(fitted([0.25, 0.75], 'depth'), { ticks: 2 }), a2), [NaN, 3 / 7, 9.5 / 6])
  })

  it('equals the naive sum over each window', () => {
    fc.assert(
      fc.property(randomTicks(), randomSpan, fc.boolean(), (ticks, span, scaled) => {
        const weights = [0.5, 0.3, 0.2]
        expectClose(runColumn(integratedOfi(fitted(weights, scaled ? 'depth' : 'none'), span), ticks), naive(ticks, weights, span, scaled), 1e-12)
        expectClose(runColumn(integratedOfi(fitted(weights)), ticks), naive(ticks, weights, { ticks: 1 }, false), 1e-12)
      }),
    )
  })

  it('names its column by levels and span, and its fit in the fingerprint', () => {
    expect(integratedOfi(fitted([0.5, 0.5])).columns).toEqual([{ name: 'integrated_ofi_2', unit: 'lots' }])
    expect(integratedOfi(fitted([0.5, 0.5], 'depth'), { micros: 1_000_000 }).columns).toEqual([{ name: 'integrated_ofi_2_1s', unit: 'ratio' }])
    expect(integratedOfi(fitted([0.5, 0.5])).fingerprint).not.toBe(integratedOfi(fitted([0.4, 0.6])).fingerprint)
    expect(integratedOfi(fitted([0.5, 0.5])).depth).toBe(2)
  })

  it('refuses a fit without weights', () => {
    expect(() => integratedOfi(fitted([]))).toThrow(/weights/)
    expect(() => integratedOfi(fitted([NaN]))).toThrow(/weights/)
    expect(() => integratedOfi(fitted([1]), { ticks: 0 })).toThrow(/ticks/)
  })
})
