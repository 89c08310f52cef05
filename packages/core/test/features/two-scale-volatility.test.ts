import { describe, expect, it } from 'vitest'
import { twoScaleVolatility } from '../../src/kernel.js'
import { midTicksOf } from '../hand-tick.js'
import { runColumn } from '../run-feature.js'
import { a7 } from './a7.js'

describe('twoScaleVolatility', () => {
  it('equals vector A7, adjusted', () => {
    const values = runColumn(twoScaleVolatility({ bars: 12, scale: 3, ticks: 1, measure: 'variance' }), a7)
    expect(Math.abs(values[12]! / 1.7874832736285806e-6 - 1)).toBeLessThan(1e-11)
  })

  it('is NaN where noise outweighs what moved', () => {
    expect(runColumn(twoScaleVolatility({ bars: 6, scale: 2, ticks: 1 }), midTicksOf([100, 110, 100, 110, 100, 110, 100]))[6]).toBeNaN()
  })

  it('refuses a scale that leaves no second grid', () => {
    expect(() => twoScaleVolatility({ bars: 12, scale: 1, ticks: 1 })).toThrow(/scale.*2 to 11/)
    expect(() => twoScaleVolatility({ bars: 12, scale: 12, ticks: 1 })).toThrow(/scale/)
    expect(twoScaleVolatility({ bars: 12, scale: 3, ticks: 1 }).name).toBe('two_scale_3_vol_12x1')
  })
})
