import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { normalisedOfi, ofi, type Feature } from '../../src/kernel.js'
import { quoteTicks } from '../hand-tick.js'
import { naiveWindows } from '../naive-window.js'
import { randomSpan, randomTicks } from '../random-ticks.js'
import { expectClose, runColumn } from '../run-feature.js'

describe('normalisedOfi', () => {
  it('divides the OFI of vector A1 by the mean depth of its rows', () => {
    const a1 = quoteTicks([[100, 5, 102, 4], [100, 8, 102, 4], [101, 2, 102, 4], [101, 2, 102, 1], [101, 2, 103, 6], [100, 7, 103, 6], [100, 7, 102, 3], [100, 3, 102, 5]])
    const depths = [12, 6, 3, 8, 13, 10, 8].map((both) => both / 2)
    const mean = depths.reduce((a, b) => a + b) / 7
    expectClose([runColumn(normalisedOfi({ ticks: 7 }), a1).at(-1)!], [-2 / mean], 1e-14)
    expectClose(runColumn(normalisedOfi({ ticks: 1 }), a1).slice(1), [3, 2, 3, 1, -2, -3, -6].map((flow, row) => flow / depths[row]!), 1e-14)
  })

  it('equals sums over random windows', () => {
    fc.assert(
      fc.property(randomTicks(), randomSpan, fc.integer({ min: 1, max: 3 }), (ticks, span, levels) => {
        const flows = new Map(ticks.map((tick, row) => [tick, runColumn(ofi({ levels }), ticks.slice(0, row + 1))[row]!]))
        const expected = naiveWindows(ticks, span, true).map((window) => {
          const kept = (window ?? []).filter((tick) => !Number.isNaN(flows.get(tick)))
          const depth = kept.map(({ book }) => Array.from({ length: levels }, (_, m) => (book.bidLots(m) + book.askLots(m)) / 2).reduce((a, b) => a + b) / levels)
          return (kept.reduce((sum, tick) => sum + flows.get(tick)!, 0) * kept.length) / depth.reduce((a, b) => a + b, 0)
        })
        expectClose(runColumn(normalisedOfi({ levels, ...span }), ticks), expected, 1e-12)
      }),
      { numRuns: 50 },
    )
  })

  it('names its column by levels and span', () => {
    expectTypeOf(normalisedOfi({ levels: 5, ticks: 20 })).toEqualTypeOf<Feature<'normalised_ofi_5_20'>>()
    expect(() => normalisedOfi({ ticks: 5, levels: 0 })).toThrow(/levels/)
  })
})
