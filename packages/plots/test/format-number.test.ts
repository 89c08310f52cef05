import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatNumber } from '../src/format-number.js'

describe('formatNumber', () => {
  it.each([
    [0, '0'], [-0, '0'], [147916, '147,916'], [-1234567, '−1,234,567'], [0.005644, '0.005644'], [0.0056441234, '0.005644'], [0.5, '0.5'], [1234.5678, '1,235'], [12.5, '12.5'],
    [5.497e-16, '5.497e−16'], [1e-7, '1e−7'], [2.5e15, '2.5e15'], [Number.NaN, '–'], [Number.POSITIVE_INFINITY, '∞'], [Number.NEGATIVE_INFINITY, '−∞'],
  ])('%d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })

  it.each([[0.62, 3, '0.620'], [-0.0004, 3, '0.000'], [-0.0006, 3, '−0.001'], [23400, 0, '23,400'], [1234.5, 2, '1,234.50']])('%d with %d decimals is %s', (value, decimals, text) => {
    expect(formatNumber(value, { decimals })).toBe(text)
  })

  it('agrees with Intl.NumberFormat on fixed decimals', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e8, max: 1e8, noNaN: true }), fc.integer({ min: 0, max: 6 }), (value, decimals) => {
        const format = new Intl.NumberFormat('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals, signDisplay: 'negative' })
        // Both round the same double, but a tie is decided on the double by one and on its shortest decimal by the other.
        const tie = Math.abs((Math.abs(value) * 10 ** decimals) % 1) - 0.5
        fc.pre(Math.abs(tie) > 1e-3)
        expect(formatNumber(value, { decimals })).toBe(format.format(value).replace('-', '−'))
      }),
    )
  })

  it('keeps as many significant digits as asked', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 1e14, noNaN: true }), fc.integer({ min: 2, max: 8 }), (value, digits) => {
        const read = Number(formatNumber(value, { digits }).replace(/,/g, '').replace('−', '-'))
        expect(Math.abs(read - value)).toBeLessThanOrEqual(value * 0.5000001 * 10 ** (1 - digits))
      }),
    )
  })
})
