import { describe, expect, it } from 'vitest'
import { yangZhangVolatility } from '../../src/kernel.js'
import { runColumn } from '../run-feature.js'
import { a6 } from './a6.js'

describe('yangZhangVolatility', () => {
  it('equals vector A6 over its bars 2 to 4', () => {
    const values = runColumn(yangZhangVolatility({ bars: 3, ticks: 4, measure: 'variance' }), a6)
    expect(Math.abs(values[15]! / 0.00034953927025697224 - 1)).toBeLessThan(1e-12)
    expect(values.slice(0, 15)).toEqual(Array(15).fill(NaN))
  })

  it('refuses a single bar', () => {
    expect(() => yangZhangVolatility({ bars: 1, ticks: 4 })).toThrow(/bars/)
    expect(yangZhangVolatility({ bars: 3, micros: 5000 }).name).toBe('yang_zhang_vol_3x5ms')
  })
})
