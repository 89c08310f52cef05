import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { ofi, rollingOfi, type Feature } from '../../src/kernel.js'
import { naiveWindows } from '../naive-window.js'
import { randomSpan, randomTicks } from '../random-ticks.js'
import { runColumn } from '../run-feature.js'

describe('rollingOfi', () => {
  it('equals the flows of `ofi` added up over each window', () => {
    fc.assert(
      fc.property(randomTicks(), randomSpan, fc.integer({ min: 1, max: 3 }), (ticks, span, levels) => {
        const flowOf = new Map(runColumn(ofi({ levels }), ticks).map((flow, row) => [ticks[row]!, flow]))
        const expected = naiveWindows(ticks, span, true).map((window) => {
          const flows = window?.map((tick) => flowOf.get(tick)!).filter((flow) => !Number.isNaN(flow)) ?? []
          return flows.length > 0 ? flows.reduce((sum, flow) => sum + flow, 0) : NaN
        })
        expect(runColumn(rollingOfi({ levels, ...span }), ticks)).toEqual(expected)
      }),
    )
  })

  it('names its column by its options, and checks them', () => {
    expectTypeOf(rollingOfi({ levels: 5, ticks: 20 })).toEqualTypeOf<Feature<'rolling_ofi_5_20'>>()
    expectTypeOf(rollingOfi({ ticks: 20 })).toEqualTypeOf<Feature<'rolling_ofi_1_20'>>()
    expect(rollingOfi({ levels: 5, micros: 10_000_000 }).columns).toEqual([{ name: 'rolling_ofi_5_10s', unit: 'lots' }])
    expect(() => rollingOfi({ levels: 0, ticks: 5 })).toThrow(/levels/)
    expect(() => rollingOfi({} as never)).toThrow(/ticks and micros/)
  })
})
