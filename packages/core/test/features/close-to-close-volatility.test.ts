import { describe, expect, it } from 'vitest'
import { closeToCloseVolatility } from '../../src/kernel.js'
import { midTicksOf } from '../hand-tick.js'
import { runColumn } from '../run-feature.js'
import { a6 } from './a6.js'

describe('closeToCloseVolatility', () => {
  it('equals vector A6, with the mean removed and without', () => {
    expect(Math.abs(runColumn(closeToCloseVolatility({ bars: 3, ticks: 4, measure: 'variance' }), a6)[15]! / 0.00031986704736998244 - 1)).toBeLessThan(1e-12)
    expect(Math.abs(runColumn(closeToCloseVolatility({ bars: 3, ticks: 4, mean: 'zero', measure: 'variance' }), a6)[15]! / 0.00023739301722655267 - 1)).toBeLessThan(1e-12)
  })

  it('is 0 for a mid that grows at one rate only where the mean is removed', () => {
    const mids = midTicksOf([10000, 20000, 40000, 80000])
    expect(runColumn(closeToCloseVolatility({ bars: 3, ticks: 1 }), mids)[3]).toBeLessThan(1e-7)
    expect(runColumn(closeToCloseVolatility({ bars: 3, ticks: 1, mean: 'zero' }), mids)[3]).toBeCloseTo(Math.LN2, 14)
  })

  it('refuses a single bar with its mean removed, and other means', () => {
    expect(() => closeToCloseVolatility({ bars: 1, ticks: 1 })).toThrow(/bars/)
    expect(closeToCloseVolatility({ bars: 1, ticks: 1, mean: 'zero' }).name).toBe('close_to_close_zero_mean_vol_1x1')
    expect(() => closeToCloseVolatility({ bars: 2, ticks: 1, mean: 'median' as never })).toThrow(/mean/)
  })
})
