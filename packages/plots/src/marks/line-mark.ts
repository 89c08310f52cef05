import type { Element, Stroke } from '../draw/element.js'
import type { Mark } from '../draw/mark.js'
import { pixel } from './pixel.js'
import { thinLine } from './thin-line.js'

export interface LineMarkOptions {
  readonly x: ArrayLike<number>
  readonly y: ArrayLike<number>
  readonly stroke: Stroke
  /** Colour of a wider line below, for lines over pictures. */
  readonly casing?: string
}

/** Points joined by straight lines, broken at NaN; a point alone between two breaks is a dot. */
export function lineMark({ x, y, stroke, casing }: LineMarkOptions): Mark {
  return {
    clip: true,
    elements: (scale) => {
      let path = ''
      let joined = false
      for (const i of thinLine(x, y, scale)) {
        const [across, up] = [scale.x(x[i] ?? Number.NaN), scale.y(y[i] ?? Number.NaN)]
        if (Number.isNaN(across + up)) {
          joined = false
          continue
        }
        // A line of no length is dropped by the renderer, one of a tenth of a pixel with round ends is a dot.
        path += joined ? `L${pixel(across)} ${pixel(up)}` : `M${pixel(across - 0.1)} ${pixel(up)}L${pixel(across)} ${pixel(up)}`
        joined = true
      }
      if (path === '') return []
      const under: Element[] = casing === undefined ? [] : [{ kind: 'path', path, stroke: { color: casing, width: stroke.width + 2.5, round: true } }]
      return [...under, { kind: 'path', path, stroke: { round: true, ...stroke } }]
    },
  }
}
