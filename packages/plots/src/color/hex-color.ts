import type { Rgb } from './color-map.js'

/** A colour as `#rrggbb`. */
export function hexColor([red, green, blue]: Rgb): string {
  return `#${((red << 16) | (green << 8) | blue).toString(16).padStart(6, '0')}`
}
