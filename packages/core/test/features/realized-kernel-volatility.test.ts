import { describe, expect, it } from 'vitest'
import { realizedKernelVolatility } from '../../src/kernel.js'
import { midTicksOf } from '../hand-tick.js'
import { runColumn } from '../run-feature.js'
import { a7 } from './a7.js'

describe('realizedKernelVolatility', () => {
  it('equals vector A7', () => {
    const values = runColumn(realizedKernelVolatility({ bars: 12, bandwidth: 3, ticks: 1, measure: 'variance' }), a7)
    expect(Math.abs(values[12]! / 4.407805941055584e-6 - 1)).toBeLessThan(1e-11)
  })

  it('is never below 0, however the mid bounces', () => {
    expect(runColumn(realizedKernelVolatility({ bars: 6, bandwidth: 5, ticks: 1, measure: 'variance' }), midTicksOf([100, 110, 100, 110, 100, 110, 100]))[6]).toBeGreaterThanOrEqual(0)
  })

  it('refuses a bandwidth beyond its bars', () => {
    expect(() => realizedKernelVolatility({ bars: 12, bandwidth: 12, ticks: 1 })).toThrow(/bandwidth.*1 to 11/)
  })
})
