import type { FontWeight } from './font-file.js'
import { fontMetrics } from './font-metrics.js'

/** Pixels a line of text takes in the shipped font, without kerning. */
export function textWidth(text: string, fontSize: number, weight: FontWeight = 'normal'): number {
  const metrics = fontMetrics(weight)
  let ems = 0
  for (const character of text) ems += metrics.advance(character.codePointAt(0) ?? 0)
  return ems * fontSize
}
