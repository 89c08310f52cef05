import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textWidth } from '../../src/text/text-width.js'
import { wrapText } from '../../src/text/wrap-text.js'

describe('wrapText', () => {
  it('keeps every letter, and every line within the width', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 30, max: 300 }), (text, width) => {
        const lines = wrapText(text, width, 12)
        expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''))
        for (const line of lines) if (Array.from(line).length > 1) expect(textWidth(line, 12)).toBeLessThanOrEqual(width)
      }),
    )
  })

  it('breaks at spaces where it can, as late as it can', () => {
    expect(wrapText('one two  three', textWidth('one two', 12), 12)).toEqual(['one two', 'three'])
    expect(wrapText('  ', 100, 12)).toEqual([])
  })
})
