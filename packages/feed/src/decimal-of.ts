import { LobError } from '@rxlob/core'

/** Longest decimal a venue sends; longer text is not a price. */
const maxLength = 40

/**
 * The double nearest to a venue's decimal text: digits, at most one point with digits on both sides, nothing else.
 * `Number` alone would let through exponents, hexadecimals, blanks, signs and the empty text.
 *
 * @throws {LobError} LOB_BAD_MESSAGE for anything else.
 */
export function decimalOf(text: string): number {
  let points = 0
  const last = text.length - 1
  for (let i = 0; i <= last; i++) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) continue
    if (code !== 46 || points++ > 0 || i === 0 || i === last) throw bad(text)
  }
  if (last < 0 || last >= maxLength) throw bad(text)
  return Number(text)
}

const bad = (text: string): LobError => new LobError('LOB_BAD_MESSAGE', `Expected a decimal such as 0.0240, got ${JSON.stringify(text.slice(0, maxLength))}.`)
