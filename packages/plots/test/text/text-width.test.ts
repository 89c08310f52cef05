import { describe, expect, it } from 'vitest'
import { textWidth } from '../../src/text/text-width.js'

// Sums of hmtx advances by fontTools 4, in em.
const widths = [
  ['AVATAR Wij', 5.904296875, 6.6845703125],
  ['realized_vol_200', 8.35986328125, 9.27685546875],
  ['R² −0.62 ≥ 1,234', 8.814453125, 9.55859375],
  ['日本', 1.2001953125, 1.2001953125],
  ['', 0, 0],
] as const

describe('textWidth', () => {
  it.each(widths)('of %s is that of the font', (text, normal, bold) => {
    expect(textWidth(text, 10)).toBeCloseTo(normal * 10, 9)
    expect(textWidth(text, 16, 'bold')).toBeCloseTo(bold * 16, 9)
  })
})
