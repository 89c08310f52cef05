/** A price or size step as a fraction of integers, `multiplier / 10^digits`. */
export interface Step {
  readonly multiplier: number
  readonly digits: number
}

/** Codes of the bytes that a list of levels is made of. */
const quote = 34, comma = 44, dot = 46, zero = 48, nine = 57, openList = 91, closeList = 93
const maxSafe = Number.MAX_SAFE_INTEGER

/** Zero bytes that must follow a frame: as far as the reader looks ahead of what it has checked. */
export const lookAhead = 32

/** Decimals that are read as words: with 7 digits before the point they stay below 2^53. */
const maxDecimals = 8

const powersOfTen = Int32Array.of(1, 10, 100, 1000)

/** How the numbers of one kind are expected to be written: `decimals` digits after the point, those past the step's own being zeros. */
interface Shape {
  readonly step: Step
  decimals: number
  /** Of the four bytes after the point: those that count, how far they are moved up, those that must be zeros. The same for the four behind them. */
  keep: number
  shift: number
  blank: number
  keepMore: number
  shiftMore: number
  blankMore: number
  scaleMore: number
  scale: number
}

/**
 * Reads `["61826.02000000","0.50000000"],["61826.01000000",...]]`, nine tenths of the bytes of a depth message, as ticks and lots in turn.
 *
 * Four digits at a time: the bytes of a word are checked and made a number by a dozen operations without a branch, whatever digits they are.
 * So are read numbers of up to 7 digits, a point, and as many decimals as the last number of that kind that had another number of them;
 * any other decimal is read digit by digit.
 *
 * @see https://lemire.me/blog/2022/01/21/swar-explained-parsing-eight-digits/
 */
export class LevelReader {
  /** Place after what was read last. */
  end = 0
  private used = 0
  private shape: Shape
  private readonly price: Shape
  private readonly size: Shape

  constructor(price: Step, size: Step) {
    this.price = shapeOf(price)
    this.size = shapeOf(size)
    this.shape = this.price
  }

  /**
   * The list from its first bracket inside on, the closing bracket of the list included. Writes ticks and lots from `numbers[from]` on.
   *
   * @param bytes The frame, followed by `lookAhead` zeros.
   * @param words The same bytes.
   * @returns The numbers in use then; -1 where this is no list of levels on the grid: `JSON.parse` shall say what it is.
   */
  read(bytes: Uint8Array, words: DataView, at: number, numbers: Float64Array, from: number): number {
    if (bytes[at] !== openList || bytes[at + 1] !== quote) return -1
    const { price, size } = this
    this.end = at + 2
    this.used = from
    this.shape = price
    while (!this.run(words, numbers)) {
      const { shape, end: start } = this
      const count = this.digits(bytes, start, shape.step)
      if (Number.isNaN(count)) return -1
      numbers[this.used++] = count
      const closing = this.end
      expectLike(shape, bytes, start, closing)
      if (shape === price) {
        if (bytes[closing + 1] !== comma || bytes[closing + 2] !== quote) return -1
        this.shape = size
        this.end = closing + 3
        continue
      }
      if (bytes[closing + 1] !== closeList) return -1
      if (bytes[closing + 2] === closeList) {
        this.end = closing + 3
        break
      }
      if (bytes[closing + 2] !== comma || bytes[closing + 3] !== openList || bytes[closing + 4] !== quote) return -1
      this.shape = price
      this.end = closing + 5
    }
    return dividedBy(price.step, numbers, from, this.used) && dividedBy(size.step, numbers, from + 1, this.used) ? this.used : -1
  }

  /** Numbers of the expected shape, as many as come; true where the list is at its end. It stops before any other number. */
  private run(words: DataView, numbers: Float64Array): boolean {
    const { price, size } = this
    const tens = powersOfTen
    let cursor = this.end
    let used = this.used
    let shape = this.shape
    let ended = false
    for (;;) {
      const head = wholeOf(words.getInt32(cursor, true), words.getInt32(cursor + 4, true), tens)
      if (head < 0) break
      let at = (cursor + (head & 7) + 1) | 0
      let fraction = decimalsOf(words.getInt32(at, true), shape.keep, shape.shift, shape.blank)
      if (fraction < 0) break
      if (shape.decimals > 4) {
        const more = decimalsOf(words.getInt32(at + 4, true), shape.keepMore, shape.shiftMore, shape.blankMore)
        if (more < 0) break
        fraction = (fraction * shape.scaleMore + more) | 0
      }
      at = (at + shape.decimals) | 0
      // `"],[` and a quote after a size.
      const separator = words.getInt32(at, true)
      const isPrice = shape === price
      if (separator !== 0x5b2c5d22 || isPrice) {
        // Else `","` after a price, `"]]` after a size.
        if ((separator & 0xffffff) !== (isPrice ? 0x222c22 : 0x5d5d22)) break
        ended = !isPrice
      } else if ((words.getInt32(at + 4, true) & 0xff) !== 0x22) break
      numbers[used] = (head >> 3) * shape.scale + fraction
      used = (used + 1) | 0
      cursor = (at + (isPrice || ended ? 3 : 5)) | 0
      if (ended) break
      shape = isPrice ? size : price
    }
    this.end = cursor
    this.used = used
    this.shape = shape
    return ended
  }

  /** A decimal as a count of `10^-digits`, digit by digit up to its closing quote; NaN where it is none or is finer. */
  private digits(bytes: Uint8Array, from: number, { digits }: Step): number {
    let cursor = from
    let value = 0
    let code = bytes[cursor]!
    for (; code >= zero && code <= nine; code = bytes[++cursor]!) value = value * 10 + (code - zero)
    if (cursor === from) return NaN
    let decimals = 0
    if (code === dot) {
      const point = cursor
      const last = point + digits
      for (code = bytes[++cursor]!; cursor <= last && code >= zero && code <= nine; code = bytes[++cursor]!) value = value * 10 + (code - zero)
      decimals = cursor - point - 1
      // What is finer must be zeros.
      while (code === zero) code = bytes[++cursor]!
      if (cursor === point + 1) return NaN
    }
    for (; decimals < digits; decimals++) value *= 10
    if (code !== quote || value > maxSafe || cursor - from > 30) return NaN
    this.end = cursor
    return value
  }
}

// In the functions below four bytes are one little-endian word, the first of them the lowest. Constants are literals because a bundler makes a
// variable of a constant at the top of a file, which is loaded and checked each time it is used.

/** Four digits, the first in the lowest byte. */
function fourDigits(digits: number): number {
  const pairs = (digits * 10 + (digits >>> 8)) & 0x00ff00ff
  return (pairs & 0xff) * 100 + (pairs >>> 16)
}

/** Up to seven digits before a point, from two words: eight times their number, plus how many they are; -1 where there is something else. */
function wholeOf(first: number, second: number, tens: Int32Array): number {
  let marks = first ^ 0x2e2e2e2e
  marks = (marks - 0x01010101) & ~marks & -0x7f7f7f80
  let digits = first ^ 0x30303030
  if (marks !== 0) {
    const bits = (31 - Math.clz32(marks & -marks)) & 24
    // Up against the point; zeros come in before.
    digits = (digits << (24 - bits)) << 8
    return ((digits | (digits + 0x76767676)) & -0x7f7f7f80) !== 0 || bits === 0 ? -1 : (fourDigits(digits) << 3) | (bits >> 3)
  }
  marks = second ^ 0x2e2e2e2e
  marks = (marks - 0x01010101) & ~marks & -0x7f7f7f80
  const bits = (31 - Math.clz32(marks & -marks)) & 24
  const rest = ((second ^ 0x30303030) << (24 - bits)) << 8
  if (((digits | (digits + 0x76767676) | rest | (rest + 0x76767676)) & -0x7f7f7f80) !== 0 || marks === 0) return -1
  return (((fourDigits(digits) * tens[bits >> 3]! + fourDigits(rest)) << 3) | 4) + (bits >> 3)
}

/** The digits after a point that count; -1 where they are none, or where others are not zeros. */
function decimalsOf(word: number, keep: number, shift: number, blank: number): number {
  const digits = (word ^ 0x30303030) & keep
  return (((digits | (digits + 0x76767676)) & -0x7f7f7f80) | ((word ^ 0x30303030) & blank)) !== 0 ? -1 : fourDigits(digits << shift)
}

function shapeOf(step: Step): Shape {
  const shape: Shape = { step, decimals: 0, keep: 0, shift: 0, blank: -1, keepMore: 0, shiftMore: 0, blankMore: 0, scaleMore: 1, scale: 1 }
  expect(shape, maxDecimals)
  return shape
}

/** Expects numbers as the one between two places: with as many decimals. */
function expectLike(shape: Shape, bytes: Uint8Array, start: number, end: number): void {
  let point = start
  while (point < end && bytes[point] !== dot) point++
  const decimals = end - point - 1
  if (point - start <= 7 && decimals > 0 && decimals <= maxDecimals) expect(shape, decimals)
}

/** Where there are fewer decimals than the step has digits, numbers are read digit by digit as before. */
function expect(shape: Shape, decimals: number): void {
  const { digits } = shape.step
  if (digits > decimals) return
  const first = Math.min(digits, 4)
  const more = digits - first
  shape.decimals = decimals
  shape.keep = firstBytes(first)
  shape.shift = 8 * (4 - first)
  shape.blank = firstBytes(decimals) & ~firstBytes(first)
  shape.keepMore = firstBytes(more)
  shape.shiftMore = 8 * (4 - more)
  shape.blankMore = firstBytes(decimals - 4) & ~firstBytes(more)
  shape.scaleMore = 10 ** more
  shape.scale = 10 ** digits
}

/** Every second number as a count of steps; false where one lies between two. */
function dividedBy({ multiplier }: Step, numbers: Float64Array, from: number, to: number): boolean {
  if (multiplier === 1) return true
  for (let at = from; at < to; at += 2) {
    const count = numbers[at]! / multiplier
    if (!Number.isInteger(count)) return false
    numbers[at] = count
  }
  return true
}

const firstBytes = (count: number): number => (count <= 0 ? 0 : count >= 4 ? -1 : (1 << (8 * count)) - 1)
