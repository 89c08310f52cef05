import type { FontWeight } from './font-file.js'
import { textWidth } from './text-width.js'

/** Breaks text at spaces into lines of at most `width` pixels; a word wider than a line is broken inside. */
export function wrapText(text: string, width: number, fontSize: number, weight: FontWeight = 'normal'): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === '' ? word : `${line} ${word}`
    if (textWidth(longer, fontSize, weight) <= width) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    for (const character of word) {
      if (line !== '' && textWidth(line + character, fontSize, weight) > width) {
        lines.push(line)
        line = ''
      }
      line += character
    }
  }
  if (line !== '') lines.push(line)
  return lines
}
