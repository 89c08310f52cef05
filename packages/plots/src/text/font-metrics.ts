import { readFileSync } from 'node:fs'
import { fontFile, type FontWeight } from './font-file.js'

/** Advance widths of the shipped font, in em. */
export interface FontMetrics {
  /** Advance of a code point; of the box glyph where the font has none. */
  advance(codePoint: number): number
}

const loaded = new Map<FontWeight, FontMetrics>()

/** The shipped font's widths, read from its file on first use. */
export function fontMetrics(weight: FontWeight): FontMetrics {
  let metrics = loaded.get(weight)
  if (metrics === undefined) {
    metrics = parseMetrics(readFileSync(fontFile(weight)))
    loaded.set(weight, metrics)
  }
  return metrics
}

/** @see https://learn.microsoft.com/typography/opentype/spec: head, hhea, hmtx, cmap format 12 */
function parseMetrics(file: Buffer): FontMetrics {
  const tables = new Map<string, number>()
  for (let i = 0; i < file.readUInt16BE(4); i++) tables.set(file.toString('latin1', 12 + i * 16, 16 + i * 16), file.readUInt32BE(20 + i * 16))
  const table = (tag: string): number => tables.get(tag) ?? 0
  const unitsPerEm = file.readUInt16BE(table('head') + 18)
  const advances = file.readUInt16BE(table('hhea') + 34)
  const cmap = table('cmap')
  let groups = 0
  for (let i = 0; i < file.readUInt16BE(cmap + 2); i++) {
    const subtable = cmap + file.readUInt32BE(cmap + 8 + i * 8)
    if (file.readUInt16BE(subtable) === 12) groups = subtable
  }
  const glyphs = new Map<number, number>()
  for (let i = 0; i < file.readUInt32BE(groups + 12); i++) {
    const group = groups + 16 + i * 12
    const first = file.readUInt32BE(group)
    const last = file.readUInt32BE(group + 4)
    for (let code = first; code <= last; code++) glyphs.set(code, file.readUInt32BE(group + 8) + code - first)
  }
  return {
    advance: (codePoint) => {
      const glyph = Math.min(glyphs.get(codePoint) ?? 0, advances - 1)
      return file.readUInt16BE(table('hmtx') + glyph * 4) / unitsPerEm
    },
  }
}
