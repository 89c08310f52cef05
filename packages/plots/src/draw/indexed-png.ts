import { crc32, deflateSync } from 'node:zlib'
import type { Rgb } from '../color/color-map.js'

export interface IndexedImage {
  readonly width: number
  readonly height: number
  /** Row by row from the top, one index into the palette a pixel. */
  readonly pixels: Uint8Array
  /** At most 256 colours; `undefined` is transparent. */
  readonly palette: readonly (Rgb | undefined)[]
}

/**
 * PNG bytes of an image of few colours.
 *
 * @see W3C PNG (third edition): IHDR, PLTE, tRNS, filter type 2 (Up)
 */
export function indexedPng({ width, height, pixels, palette }: IndexedImage): Uint8Array {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const rows = Buffer.alloc(height * (width + 1))
  for (let row = 0; row < height; row++) {
    // Cells span several rows, so the difference to the row above is mostly zeros.
    const start = row * (width + 1)
    rows[start] = 2
    for (let column = 0; column < width; column++) {
      const at = row * width + column
      rows[start + 1 + column] = (pixels[at] ?? 0) - (row === 0 ? 0 : (pixels[at - width] ?? 0))
    }
  }
  return Buffer.concat([
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((color) => color ?? [0, 0, 0]))),
    chunk('tRNS', Buffer.from(palette.map((color) => (color === undefined ? 0 : 255)))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(content.length, 0)
  body.copy(framed, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}
