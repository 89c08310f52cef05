import { describe, expect, it } from 'vitest'
import { percentileInterval } from '../../src/index.js'

describe('percentileInterval', () => {
  it('interpolates between order statistics (type 7, as numpy)', () => {
    // numpy.quantile([1, 2, 4, 8, 16], [0.1, 0.9]) = [1.4, 12.8]
    expect(percentileInterval(5, [16, 1, 8, 2, 4], { level: 0.8 })).toEqual({ value: 5, low: expect.closeTo(1.4, 12), high: expect.closeTo(12.8, 12) })
  })

  it('leaves undefined draws out', () => {
    expect(percentileInterval(1, [NaN, 3, 3, NaN])).toEqual({ value: 1, low: 3, high: 3 })
    expect(percentileInterval(1, [NaN])).toEqual({ value: 1, low: NaN, high: NaN })
    expect(percentileInterval(1, [7])).toEqual({ value: 1, low: 7, high: 7 })
  })

  it('refuses levels that are none', () => expect(() => percentileInterval(1, [1], { level: 1.5 })).toThrow('level'))
})
