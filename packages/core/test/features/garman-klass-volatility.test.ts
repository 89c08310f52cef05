import { describe, expect, it } from 'vitest'
import { garmanKlassVolatility } from '../../src/kernel.js'
import { expectClose, runColumn } from '../run-feature.js'
import { a6 } from './a6.js'

describe('garmanKlassVolatility', () => {
  it('equals vector A6, short and full', () => {
    const short = runColumn(garmanKlassVolatility({ bars: 4, ticks: 4, measure: 'variance' }), a6)
    expect(Math.abs(short[15]! / 0.00037168529814835205 - 1)).toBeLessThan(1e-12)
    expect(short.slice(0, 15)).toEqual(Array(15).fill(NaN))
    expect(Math.abs(runColumn(garmanKlassVolatility({ bars: 4, ticks: 4, measure: 'variance', form: 'full' }), a6)[15]! / 0.0003720633908401342 - 1)).toBeLessThan(1e-12)
    expectClose([runColumn(garmanKlassVolatility({ bars: 4, ticks: 4 }), a6)[15]!], [Math.sqrt(0.00037168529814835205)], 1e-14)
  })

  it('equals the same by time, once the next bar begins', () => {
    // Rows lie a millisecond apart from 0: the first cell counts as begun late, so three bars are whole.
    const later = runColumn(garmanKlassVolatility({ bars: 2, micros: 4000, measure: 'variance' }), a6)
    const byRows = runColumn(garmanKlassVolatility({ bars: 2, ticks: 4, measure: 'variance' }), a6)
    expect([...later.slice(0, 12), later[12]]).toEqual([...Array(12).fill(NaN), byRows[11]])
  })

  it('names its column by form, measure, bars and span', () => {
    expect(garmanKlassVolatility({ bars: 20, micros: 60_000_000 }).name).toBe('garman_klass_vol_20x60s')
    expect(garmanKlassVolatility({ bars: 20, ticks: 5, form: 'full', measure: 'variance' }).columns).toEqual([{ name: 'garman_klass_full_var_20x5', unit: 'ratio' }])
    expect(() => garmanKlassVolatility({ bars: 0, ticks: 5 })).toThrow(/bars/)
    expect(() => garmanKlassVolatility({ bars: 2, ticks: 5, form: 'long' as never })).toThrow(/form/)
  })
})
