import { describe, expect, it } from 'vitest'
import { outOfSampleR2 } from '../../../src/index.js'

describe('outOfSampleR2', () => {
  it('compares squared errors with those of the reference', () => {
    // errors 1, 0, 1; from the reference 2: 1, 0, 9
    expect(outOfSampleR2([1, 2, 5], [2, 2, 4], { reference: 2 })).toBeCloseTo(1 - 2 / 10, 12)
    expect(outOfSampleR2([1, 2], [5, 5], { reference: 0 })).toBeCloseTo(1 - 25 / 5, 12)
  })

  it('leaves rows with a NaN out and is NaN where nothing varies about the reference', () => {
    expect(outOfSampleR2([1, NaN, 3], [1, 5, NaN], { reference: 0 })).toBe(1)
    expect(outOfSampleR2([2, 2], [1, 2], { reference: 2 })).toBeNaN()
    expect(outOfSampleR2([], [], { reference: 0 })).toBeNaN()
  })
})
