import { textWidth } from './text-width.js'

/** The text, or its beginning and end around an ellipsis so that it takes at most `width` pixels. Column names differ at both ends. */
export function shortenText(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= width) return text
  const characters = Array.from(text)
  for (let kept = characters.length - 1; kept >= 2; kept--) {
    const head = Math.ceil(kept / 2)
    const shortened = `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (kept - head)).join('')}`
    if (textWidth(shortened, fontSize) <= width) return shortened
  }
  return '…'
}
