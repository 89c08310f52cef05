import { describe, expect, it } from 'vitest'
import { rogersSatchellVolatility } from '../../src/kernel.js'
import { midTicksOf } from '../hand-tick.js'
import { runColumn } from '../run-feature.js'
import { a6 } from './a6.js'

describe('rogersSatchellVolatility', () => {
  it('equals vector A6', () => {
    expect(Math.abs(runColumn(rogersSatchellVolatility({ bars: 4, ticks: 4, measure: 'variance' }), a6)[15]! / 0.0003637052846802259 - 1)).toBeLessThan(1e-12)
  })

  it('is 0 for a mid that only rises, whatever its drift', () => {
    expect(runColumn(rogersSatchellVolatility({ bars: 2, ticks: 3 }), midTicksOf([100, 101, 105, 106, 109, 120]))[5]).toBe(0)
  })

  it('refuses a measure that it does not know', () => {
    expect(() => rogersSatchellVolatility({ bars: 2, ticks: 5, measure: 'range' as never })).toThrow(/measure/)
  })
})
