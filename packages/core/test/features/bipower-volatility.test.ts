import { describe, expect, it } from 'vitest'
import { bipowerVolatility } from '../../src/kernel.js'
import { midTicksOf } from '../hand-tick.js'
import { runColumn } from '../run-feature.js'
import { a7 } from './a7.js'

describe('bipowerVolatility', () => {
  it('equals vector A7', () => {
    const values = runColumn(bipowerVolatility({ bars: 12, ticks: 1, measure: 'variance' }), a7)
    expect(Math.abs(values[12]! / 1.228564246138871e-5 - 1)).toBeLessThan(1e-12)
    expect(values.slice(0, 12)).toEqual(Array(12).fill(NaN))
  })

  it('gives a lone jump no weight', () => {
    expect(runColumn(bipowerVolatility({ bars: 5, ticks: 1 }), midTicksOf([100, 100, 100, 900, 900, 900]))[5]).toBe(0)
  })

  it('refuses a single bar', () => {
    expect(() => bipowerVolatility({ bars: 1, ticks: 1 })).toThrow(/bars/)
  })
})
