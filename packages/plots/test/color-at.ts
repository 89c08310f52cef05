import { Resvg } from '@resvg/resvg-js'
import { hexColor } from '../src/color/hex-color.js'

/** Colours of a picture, as another program draws it. */
export function colorsOf(svg: string): (x: number, y: number) => string {
  const { width, pixels } = new Resvg(svg).render()
  return (x, y) => {
    const at = (Math.round(y) * width + Math.round(x)) * 4
    return hexColor([pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0])
  }
}
