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
      const runs: string[][] = [[]]
      for (const i of thinLine(x, y, scale)) {
        const [across, up] = [scale.x(x[i] ?? Number.NaN), scale.y(y[i] ?? Number.NaN)]
        if (Number.isNaN(across + up)) runs.push([])
        else runs.at(-1)?.push(`${pixel(across)} ${pixel(up)}`)
      }
      // The renderer drops a line of no length; one of a tenth of a pixel with round ends is a dot.
      const path = runs.map((run) => (run.length === 1 ? `M${run[0]}h.1` : run.length > 1 ? `M${run.join('L')}` : '')).join('')
      if (path === '') return []
      const under: Element[] = casing === undefined ? [] : [{ kind: 'path', path, stroke: { color: casing, width: stroke.width + 2.5, round: true } }]
      return [...under, { kind: 'path', path, stroke: { round: true, ...stroke } }]
    },
  }
}
