import { LobError } from '@rxlob/core/kernel'
import type { ColorMap } from '../color/color-map.js'
import { dataUri } from '../draw/data-uri.js'
import { indexedPng } from '../draw/indexed-png.js'
import type { Mark } from '../draw/mark.js'
import { pixel } from './pixel.js'

export interface GridImageMarkOptions {
  readonly columnStarts: ArrayLike<number>
  readonly columnEnds: ArrayLike<number>
  /** Rising, one more than there are rows. */
  readonly rowEdges: ArrayLike<number>
  /** Column by column from the lowest row; 0 to 1, larger counts as 1, NaN is unknown. */
  readonly places: ArrayLike<number>
  readonly map: ColorMap
  readonly missing: string
}

// Two image pixels a picture pixel keep the edges of cells sharp on dense screens.
const density = 2
const shades = 255

/** Cells of any widths and heights as one picture inside the plot: thousands of them for the bytes of a few. */
export function gridImageMark({ columnStarts, columnEnds, rowEdges, places, map, missing }: GridImageMarkOptions): Mark {
  const rows = rowEdges.length - 1
  if (places.length !== columnStarts.length * rows) throw new LobError('LOB_BAD_OPTION', `places: expected ${columnStarts.length * rows} numbers, got ${places.length}.`)
  return {
    clip: true,
    elements: ({ rect, x, y }) => {
      const [width, height] = [Math.round(rect.width * density), Math.round(rect.height * density)]
      const columns = cellOfPixel(width, columnStarts.length, (i) => (x(columnStarts[i] ?? 0) - rect.left) * density, (i) => (x(columnEnds[i] ?? 0) - rect.left) * density)
      const lines = cellOfPixel(height, rows, (i) => (rect.top + rect.height - y(rowEdges[i] ?? 0)) * density, (i) => (rect.top + rect.height - y(rowEdges[i + 1] ?? 0)) * density)
      const pixels = new Uint8Array(width * height)
      for (let row = 0; row < height; row++) {
        const line = lines[height - 1 - row] ?? -1
        for (let column = 0; column < width; column++) {
          const cell = columns[column] ?? -1
          const place = line < 0 || cell < 0 ? Number.NaN : (places[cell * rows + line] ?? Number.NaN)
          pixels[row * width + column] = Number.isNaN(place) ? 0 : 1 + Math.round(Math.min(1, Math.max(0, place)) * (shades - 1))
        }
      }
      const palette = [undefined, ...Array.from({ length: shades }, (_, i) => map(i / (shades - 1)))]
      const { left, top } = rect
      return [
        { kind: 'path', path: `M${pixel(left)} ${pixel(top)}h${pixel(rect.width)}v${pixel(rect.height)}h${-pixel(rect.width)}Z`, fill: missing },
        { kind: 'image', href: dataUri(indexedPng({ width, height, pixels, palette })), x: left, y: top, width: rect.width, height: rect.height },
      ]
    },
  }
}

/** Which cell the centre of each pixel lies in, -1 for none. Of several cells within a pixel it is the one at its centre. */
function cellOfPixel(length: number, cells: number, start: (cell: number) => number, end: (cell: number) => number): Int32Array {
  const found = new Int32Array(length).fill(-1)
  for (let cell = 0; cell < cells; cell++) {
    const last = Math.min(length, Math.ceil(end(cell) - 0.5))
    for (let at = Math.max(0, Math.ceil(start(cell) - 0.5)); at < last; at++) found[at] = cell
  }
  return found
}
