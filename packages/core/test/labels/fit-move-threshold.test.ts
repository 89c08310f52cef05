import { describe, expect, it } from 'vitest'
import { fitMoveThreshold } from '../../src/kernel.js'

const data = { unit: 'ticks', instrument: 'hand:ABC', from: 3, to: 9 } as const

describe('fitMoveThreshold', () => {
  it('takes the 1/3 quantile of the sizes, linearly interpolated', () => {
    // numpy.quantile([1, 2, 4, 8], 1 / 3) and ([1, 2, 4], 1 / 3)
    expect(fitMoveThreshold([8, -1, 4, -2], data).parameters.threshold).toBe(2)
    expect(fitMoveThreshold([-4, 1, 2], data).parameters.threshold).toBeCloseTo(1.6666666666666665, 14)
    expect(fitMoveThreshold([7], data).parameters.threshold).toBe(7)
  })

  it('takes half the mean size', () => {
    expect(fitMoveThreshold([8, -1, 4, -2, NaN], { ...data, rule: 'half-mean' })).toEqual({
      parameters: { threshold: 15 / 8, unit: 'ticks', rule: 'half-mean' }, instrument: 'hand:ABC', from: 3, to: 9, rows: 4,
    })
  })

  it('changes no argument', () => {
    const moves = Float64Array.of(3, -1, 2)
    fitMoveThreshold(moves, data)
    expect([...moves]).toEqual([3, -1, 2])
  })

  it('refuses what it cannot fit', () => {
    expect(() => fitMoveThreshold([], data)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
    expect(() => fitMoveThreshold([NaN], data)).toThrow(/none in 1/)
    expect(() => fitMoveThreshold([1], { ...data, rule: 'mean' as never })).toThrow(/rule/)
    expect(() => fitMoveThreshold([1], { ...data, unit: 'bps' as never })).toThrow(/unit/)
  })
})
