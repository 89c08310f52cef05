import type { Rgb } from './color-map.js'

/** Black or white, whichever is read better on a background: its contrast is 4.58 or more. */
export function inkOn(background: Rgb): '#000000' | '#ffffff' {
  const [red = 0, green = 0, blue = 0] = background.map((channel) => {
    const share = channel / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  // Where (L + 0.05) / 0.05 = 1.05 / (L + 0.05). @see WCAG 2.2, relative luminance and contrast ratio
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > Math.sqrt(1.05 * 0.05) - 0.05 ? '#000000' : '#ffffff'
}
