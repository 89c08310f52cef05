/** The text without what neither XML nor HTML can hold: control characters other than tab and line ends, halves of surrogate pairs, U+FFFE and U+FFFF. */
export function withoutControls(text: string): string {
  return text.replace(/(?![\t\n\r])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, '')
}
