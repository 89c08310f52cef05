import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimalOf } from '../src/index.js'

describe('decimals', () => {
  it('are the nearest double of the text', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.integer({ min: 0, max: 12 }), (digits, decimals) => {
        const text = digits.toString().padStart(decimals + 1, '0')
        const decimal = decimals === 0 ? text : `${text.slice(0, -decimals)}.${text.slice(-decimals)}`
        expect(decimalOf(decimal)).toBe(Number.parseFloat(decimal))
      }),
    )
  })
  it('nothing else is one, however long', () => {
    for (const text of ['', ' ', '.', '1.', '.1', '-1', '+1', '1e5', '1,5', '0x1', '١', 'null', '1'.repeat(1_000_000)]) expect(() => decimalOf(text)).toThrow(/decimal/)
  })
})
