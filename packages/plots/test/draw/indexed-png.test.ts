import fc from 'fast-check'
import { Resvg } from '@resvg/resvg-js'
import { describe, expect, it } from 'vitest'
import type { Rgb } from '../../src/color/color-map.js'
import { indexedPng } from '../../src/draw/indexed-png.js'

/** Red, green, blue and alpha of each pixel as another program reads them. */
function decoded(png: Uint8Array, width: number, height: number): number[] {
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><image href="${href}" width="${width}" height="${height}" image-rendering="optimizeSpeed"/></svg>`
  return [...new Resvg(svg).render().pixels]
}

describe('indexedPng', () => {
  it('is read back pixel for pixel', () => {
    const size = fc.integer({ min: 1, max: 24 })
    fc.assert(
      fc.property(size, size, fc.array(fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255)), { minLength: 1, maxLength: 255 }), fc.infiniteStream(fc.nat(255)), (width, height, colors, stream) => {
        const palette: (Rgb | undefined)[] = [undefined, ...colors]
        const pixels = Uint8Array.from({ length: width * height }, () => (stream.next().value as number) % palette.length)
        const expected = [...pixels].flatMap((index) => [...(palette[index] ?? [0, 0, 0]), palette[index] === undefined ? 0 : 255])
        expect(decoded(indexedPng({ width, height, pixels, palette }), width, height)).toEqual(expected)
      }),
      { numRuns: 40 },
    )
  })
})
