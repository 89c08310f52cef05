// AssemblyScript, which is TypeScript with the integers of a processor. `npm run wasm` makes src/level-reader-wasm.ts of it.
//
// The reader of src/level-reader.ts with words of eight bytes, and of what frames begin with: it takes and gives the same, number for number. Pointers are places in the module's memory; the frame must end
// with a zero, which is no part of any list. Words are little-endian: the first byte of eight is the lowest.

/** How the numbers of one kind, all prices or all sizes, are written: 1 to 7 digits, a mark, and as many decimals as the last one read digit by digit. */
@unmanaged
class Shape {
  /** Of the step, `multiplier / 10^digits`. */
  multiplier: f64
  digits: u32
  /** Most digits before the mark that make one word of eight with the step's own. */
  narrow: u32
  /** The byte after the first digits, eight times: the point, or the closing quote where there are no decimals. */
  mark: u64
  /** From the mark to the closing quote. */
  tail: u32
  /** Digits before the mark of the last number: most prices of a list have as many. */
  guess: u32
  /** Of the eight bytes after the mark: those that count, those that must be zeros, and the bits that those that count take up in the end. */
  keep: u64
  blank: u64
  room: u64
  scale: u64
}

const quote: u8 = 0x22, point: u8 = 0x2e, zero: u8 = 0x30, closeList: u8 = 0x5d
/** `","` between price and size, `"],["` between levels, `"]]` at the end, `["` at the beginning. */
const toSize: u64 = 0x222c22, toLevel: u64 = 0x225b2c5d22, toEnd: u64 = 0x5d5d22, begin: u16 = 0x225b
const threeBytes: u64 = 0xffffff, fiveBytes: u64 = 0xffffffffff
const everyByte: u64 = 0x0101010101010101, highBits: u64 = 0x8080808080808080
const maxDecimals: u32 = 8, maxWhole: u32 = 7
const maxSafe: f64 = 9007199254740991

/** Bytes that a reader takes up. */
export const readerBytes: u32 = 2 * offsetof<Shape>()

/** Place in the frame after what was read last, and place of the next number. */
let cursor: usize = 0
let next: usize = 0

/** Makes a reader for steps `multiplier / 10^digits` of price and size. */
export function open(reader: usize, tickMultiplier: f64, tickDigits: u32, lotMultiplier: f64, lotDigits: u32): void {
  shape(changetype<Shape>(reader), tickMultiplier, tickDigits)
  shape(changetype<Shape>(reader + offsetof<Shape>()), lotMultiplier, lotDigits)
}

/**
 * Reads a list from its first bracket inside to its closing one: ticks and lots in turn, as doubles from `numbers` on.
 *
 * @returns How many numbers; -1 where this is no list of levels on the grid. `end()` is behind the list then.
 */
export function read(reader: usize, list: usize, numbers: usize): i32 {
  const price = changetype<Shape>(reader)
  const size = changetype<Shape>(reader + offsetof<Shape>())
  if (load<u16>(list) != begin) return -1
  cursor = list + 2
  next = numbers
  while (!run(price, size)) {
    // A level that is written otherwise.
    if (!number(price) || (load<u64>(cursor) & threeBytes) != toSize) return -1
    cursor += 3
    if (!number(size)) return -1
    const separator = load<u64>(cursor)
    if ((separator & threeBytes) == toEnd) {
      cursor += 3
      break
    }
    if ((separator & fiveBytes) != toLevel) return -1
    cursor += 5
  }
  return dividedBy(price.multiplier, numbers) && dividedBy(size.multiplier, numbers + 8) ? i32((next - numbers) >> 3) : -1
}

export function end(): usize {
  return cursor
}

/**
 * Levels of the expected shapes, as many as come; true where the list is at its end. It stops before a level that is written otherwise.
 *
 * Whatever is wrong with a level is gathered in bits and asked once: `wrong` where a byte is not the one expected, the highest bits of `high` where one is no digit.
 */
function run(price: Shape, size: Shape): bool {
  const priceMark = price.mark, priceTail = price.tail, priceKeep = price.keep, priceBlank = price.blank, priceRoom = price.room, priceNarrow = price.narrow
  const sizeMark = size.mark, sizeTail = size.tail, sizeKeep = size.keep, sizeBlank = size.blank, sizeRoom = size.room, sizeNarrow = size.narrow
  let guess = price.guess
  let at = cursor
  let to = next
  let ended = false
  while (!ended) {
    // The price. That its digits end where those of the last one did is not computed but guessed, so that the processor need not wait for it.
    let word = load<u64>(at)
    if (load<u8>(at + guess) != u8(priceMark)) {
      guess = digitsBefore(priceMark, word)
      price.guess = guess
    }
    let decimals = digitsOf(load<u64>(at + guess + 1))
    let whole = upAgainst(guess, word)
    let part = decimals & priceKeep
    let wrong = decimals & priceBlank
    let high: u64 = 0
    let value: u64
    if (guess - 1 < priceNarrow) {
      const digits = (whole >> priceRoom) | (part << (0 - priceRoom))
      high = notDigits(digits)
      value = eightDigits(digits)
    } else {
      if (guess - 1 >= maxWhole) break
      part <<= 0 - priceRoom
      high = notDigits(whole) | notDigits(part)
      value = eightDigits(whole) * price.scale + eightDigits(part)
    }
    at += guess + priceTail
    wrong |= (load<u64>(at) ^ toSize) & threeBytes
    store<f64>(to, f64(i64(value)))

    // The size, whose digits are of any number.
    at += 3
    word = load<u64>(at)
    const count = digitsBefore(sizeMark, word)
    decimals = digitsOf(load<u64>(at + count + 1))
    whole = upAgainst(count, word)
    part = decimals & sizeKeep
    wrong |= decimals & sizeBlank
    if (count - 1 < sizeNarrow) {
      const digits = (whole >> sizeRoom) | (part << (0 - sizeRoom))
      high |= notDigits(digits)
      value = eightDigits(digits)
    } else {
      if (count - 1 >= maxWhole) break
      part <<= 0 - sizeRoom
      high |= notDigits(whole) | notDigits(part)
      value = eightDigits(whole) * size.scale + eightDigits(part)
    }
    at += count + sizeTail
    const separator = load<u64>(at)
    if ((wrong | (high & highBits)) != 0) break
    store<f64>(to, f64(i64(value)), 8)
    if ((separator & fiveBytes) == toLevel) at += 5
    else if ((separator & threeBytes) == toEnd) {
      at += 3
      ended = true
    } else break
    to += 16
    cursor = at
  }
  next = to
  return ended
}

/** Place of the first byte that is the mark; 8 where there is none. What makes the first byte zero borrows from none, and is found by its highest bit. */
function digitsBefore(mark: u64, word: u64): u32 {
  const difference = word ^ mark
  return u32(ctz((difference - everyByte) & ~difference & highBits)) >> 3
}

/** Bytes from 0 to 9 where there are digits. */
function digitsOf(word: u64): u64 {
  return word ^ 0x3030303030303030
}

/** The first `count` bytes as digits that end with the last byte; zeros come in before them. */
function upAgainst(count: u32, word: u64): u64 {
  return digitsOf(word) << (64 - 8 * u64(count))
}

/** The highest bit of a byte is set where it is more than 9, whatever the others are where none is. */
function notDigits(digits: u64): u64 {
  return digits | (digits + 0x7676767676767676)
}

/** Eight digits, the first in the lowest byte: pairs, then the pairs weighed by two multiplications. See https://lemire.me/blog/2022/01/21/swar-explained-parsing-eight-digits/ */
function eightDigits(digits: u64): u64 {
  const pairs = digits * 10 + (digits >> 8)
  return ((pairs & 0x000000ff000000ff) * 0x000f424000000064 + ((pairs >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >> 32
}

/**
 * What a frame begins with: the next frame of its stream mostly differs in its numbers alone. Behind these fields lie place and length of up to six numbers (2 bytes each),
 * then its bytes, then a mask: ones where the bytes must be the same.
 */
@unmanaged
class Head {
  /** Of the bytes, a multiple of eight, and of the mask. */
  length: u32
  numbers: u32
}
const placesAt: usize = 8, bytesAt: usize = 32

/** True where the frame begins as this head does, but for its numbers, which are written as doubles from `values` on. */
export function follows(head: usize, frame: usize, values: usize): bool {
  const length = usize(changetype<Head>(head).length)
  const numbers = usize(changetype<Head>(head).numbers)
  for (let at: usize = 0; at < length; at += 8) {
    if (((load<u64>(frame + at) ^ load<u64>(head + at, bytesAt)) & load<u64>(head + length + at, bytesAt)) != 0) return false
  }
  for (let at: usize = 0; at < numbers; at++) {
    const value = integer(frame + load<u16>(head + 4 * at, placesAt), load<u16>(head + 4 * at, placesAt + 2))
    if (value > u64(maxSafe)) return false
    store<f64>(values + 8 * at, f64(i64(value)))
  }
  return true
}

/** 1 to 16 digits without a leading zero; more than is safe where there is something else. */
function integer(at: usize, length: u32): u64 {
  const few = length <= 8
  const first = few ? 0 : upAgainst(length - 8, load<u64>(at))
  const last = few ? upAgainst(length, load<u64>(at)) : digitsOf(load<u64>(at + length - 8))
  const isNone = ((notDigits(first) | notDigits(last)) & highBits) != 0 || (length > 1 && load<u8>(at) == zero)
  return isNone ? u64.MAX_VALUE : eightDigits(first) * 100000000 + eightDigits(last)
}

/** A number digit by digit up to its closing quote, where the cursor is then; false where it is none, or finer than the step. */
function number(kind: Shape): bool {
  const from = cursor
  let at = from
  let value: f64 = 0
  while (isDigit(at)) value = value * 10 + f64(load<u8>(at++) - zero)
  const whole = at - from
  if (whole == 0) return false
  let decimals: u32 = 0
  let written: u32 = 0
  if (load<u8>(at) == point) {
    const first = ++at
    for (; decimals < kind.digits && isDigit(at); decimals++) value = value * 10 + f64(load<u8>(at++) - zero)
    // What is finer must be zeros.
    while (load<u8>(at) == zero) at++
    written = u32(at - first)
    if (written == 0) return false
  }
  for (; decimals < kind.digits; decimals++) value *= 10
  if (load<u8>(at) != quote || value > maxSafe || at - from > 30) return false
  store<f64>(next, value)
  next += 8
  cursor = at
  if (whole <= maxWhole && written <= maxDecimals) expect(kind, written)
  return true
}

function isDigit(at: usize): bool {
  return load<u8>(at) - zero < 10
}

function shape(kind: Shape, multiplier: f64, digits: u32): void {
  kind.multiplier = multiplier
  kind.digits = digits
  kind.guess = 0
  expect(kind, maxDecimals)
}

/** Expects numbers with so many decimals; where the step has more digits than can be read at once, none that there are: all are read digit by digit then. */
function expect(kind: Shape, decimals: u32): void {
  const digits = kind.digits
  const readable = digits <= maxDecimals
  kind.narrow = readable ? min(maxWhole, 8 - digits) : 0
  kind.mark = everyByte * u64(readable && decimals == 0 ? quote : point)
  // Where it is 0 behind a point, no quote can be there.
  kind.tail = readable && decimals > 0 ? decimals + 1 : 0
  kind.keep = firstBytes(min(decimals, digits))
  kind.blank = firstBytes(decimals) & ~kind.keep
  kind.room = 8 * u64(digits)
  kind.scale = 1
  for (let digit: u32 = 0; digit < digits; digit++) kind.scale *= 10
}

function firstBytes(count: u32): u64 {
  return count == 0 ? 0 : u64.MAX_VALUE >> (64 - 8 * u64(min(count, 8)))
}

/** Every second number as a count of steps; false where one lies between two. */
function dividedBy(multiplier: f64, numbers: usize): bool {
  if (multiplier == 1) return true
  for (let at = numbers; at < next; at += 16) {
    const count = load<f64>(at) / multiplier
    if (trunc(count) != count) return false
    store<f64>(at, count)
  }
  return true
}
