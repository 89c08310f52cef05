import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shortenText } from '../../src/text/shorten-text.js'
import { textWidth } from '../../src/text/text-width.js'

describe('shortenText', () => {
  it('keeps what fits, else the beginning and the end', () => {
    expect(shortenText('ofi_5', 100, 11)).toBe('ofi_5')
    expect(shortenText('order_flow_imbalance_5', 90, 11)).toMatch(/^order.*….*_5$/)
  })

  it('never takes more than the width, and no less than it could', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 5, maxLength: 60 }), fc.integer({ min: 40, max: 200 }), (text, width) => {
        const shortened = shortenText(text, width, 11)
        expect(textWidth(shortened, 11)).toBeLessThanOrEqual(width)
        if (shortened !== text) expect(textWidth(text, 11)).toBeGreaterThan(width)
      }),
    )
  })
})
