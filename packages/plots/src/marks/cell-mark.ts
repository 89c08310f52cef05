import type { ColorMap } from '../color/color-map.js'
import { hexColor } from '../color/hex-color.js'
import type { Element } from '../draw/element.js'
import type { Mark } from '../draw/mark.js'
import { pixel } from './pixel.js'

export interface CellMarkOptions {
  readonly rows: number
  readonly columns: number
  /** Row by row from the top; 0 to 1, or NaN for a cell of `missing` colour. */
  readonly places: ArrayLike<number>
  readonly map: ColorMap
  readonly missing: string
}

/** Coloured cells on category axes, the first row on top. One path a colour keeps large matrices small. */
export function cellMark({ rows, columns, places, map, missing }: CellMarkOptions): Mark {
  return {
    clip: true,
    elements: (scale) => {
      const paths = new Map<string, string>()
      for (let row = 0; row < rows; row++) {
        for (let column = 0; column < columns; column++) {
          const place = places[row * columns + column] ?? Number.NaN
          const color = Number.isNaN(place) ? missing : hexColor(map(Math.round(place * 128) / 128))
          const [left, right] = [scale.x(column - 0.5), scale.x(column + 0.5)]
          const [top, bottom] = [scale.y(rows - row - 0.5), scale.y(rows - row - 1.5)]
          // A gap of a pixel parts the cells where there is room for one.
          const inset = right - left > 12 ? 0.5 : 0
          const cell = `M${pixel(left + inset)} ${pixel(top + inset)}H${pixel(right - inset)}V${pixel(bottom - inset)}H${pixel(left + inset)}Z`
          paths.set(color, (paths.get(color) ?? '') + cell)
        }
      }
      return Array.from(paths, ([fill, path]): Element => ({ kind: 'path', path, fill }))
    },
  }
}
