import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { trailingSum } from '../../src/baselines/trailing-sum.js'

describe('trailingSum', () => {
  it('equals the sum over the window, NaN where it is not whole', () => {
    const values = fc.array(fc.oneof({ weight: 9, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(NaN) }), { maxLength: 60 })
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 9 }), fc.array(fc.nat(60), { maxLength: 3 }), (list, rows, breaks) => {
        const sums = trailingSum(Float64Array.from(list), rows, breaks)
        list.forEach((_, row) => {
          const window = list.slice(Math.max(0, row - rows + 1), row + 1)
          const whole = window.length === rows && !breaks.some((start) => start > row - rows + 1 && start <= row)
          const expected = whole ? window.reduce((sum, x) => sum + x, 0) : NaN
          expect(Object.is(sums[row], expected) || Math.abs(sums[row]! - expected) < 1e-6).toBe(true)
        })
      }),
    )
  })

  it('does not drift', () => {
    const values = Float64Array.from({ length: 100_000 }, (_, row) => (row === 10 ? 1e16 : 0.1))
    expect(trailingSum(values, 10, [])[99_999]).toBeCloseTo(1, 12)
  })
})
