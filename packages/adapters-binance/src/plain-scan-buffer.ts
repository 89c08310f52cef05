import { LevelReader, lookAhead } from './level-reader.js'
import type { Grid, ScanBuffer } from './scan-buffer.js'

/** In JavaScript alone: where there is no WebAssembly (`--jitless`, a content security policy). */
export function plainScanBuffer(grids: readonly Grid[]): ScanBuffer {
  return new PlainScanBuffer(grids)
}

/** What a frame begins with. */
interface Head {
  readonly words: Int32Array
  /** Ones where the bytes must be the same. */
  readonly mask: Int32Array
  readonly places: readonly number[]
}

class PlainScanBuffer implements ScanBuffer {
  bytes: Uint8Array = new Uint8Array(16_384)
  words: Int32Array = new Int32Array(this.bytes.buffer)
  pairs: Float64Array = new Float64Array(4096)
  readonly heads = 1024
  readonly numbers: Float64Array = new Float64Array(6)
  private readonly remembered: Head[] = []
  private readonly readers: readonly LevelReader[]
  /** Words that begin anywhere. */
  private view: DataView = new DataView(this.bytes.buffer)
  private reader: LevelReader | undefined

  constructor(grids: readonly Grid[]) {
    this.readers = grids.map(({ price, size }) => new LevelReader(price, size))
  }

  hold(frame: Uint8Array): boolean {
    const { length } = frame
    if (length + lookAhead > this.bytes.length) {
      const buffer = new ArrayBuffer(8 * Math.ceil((length + lookAhead) / 4))
      this.bytes = new Uint8Array(buffer)
      this.words = new Int32Array(buffer)
      this.view = new DataView(buffer)
      // The shortest level, `["1","1"],`, has ten bytes.
      this.pairs = new Float64Array(length)
    }
    this.bytes.set(frame)
    this.bytes[length] = 0
    return true
  }

  remember(head: number, end: number, places: readonly number[]): boolean {
    const words = new Int32Array(Math.ceil(end / 4))
    const mask = new Int32Array(words.length)
    new Uint8Array(words.buffer).set(this.bytes.subarray(0, end))
    const maskBytes = new Uint8Array(mask.buffer).fill(255, 0, end)
    for (let at = 0; at < places.length; at += 2) maskBytes.fill(0, places[at], places[at + 1])
    this.remembered[head] = { words, mask, places }
    return true
  }

  follows(head: number): boolean {
    const { words, mask, places } = this.remembered[head]!
    for (let word = 0; word < words.length; word++) if (((this.words[word]! ^ words[word]!) & mask[word]!) !== 0) return false
    for (let at = 0; at < places.length; at += 2) {
      const value = integer(this.bytes, places[at]!, places[at + 1]!)
      if (Number.isNaN(value)) return false
      this.numbers[at / 2] = value
    }
    return true
  }

  read(grid: number, at: number, from: number): number {
    this.reader = this.readers[grid]!
    return this.reader.read(this.bytes, this.view, at, this.pairs, from)
  }

  end(): number {
    return this.reader!.end
  }
}

/** Digits without a leading zero, up to 2^53; NaN for anything else. */
function integer(bytes: Uint8Array, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - 48
    if (digit < 0 || digit > 9) return NaN
    value = value * 10 + digit
  }
  return to - from > 16 || value > Number.MAX_SAFE_INTEGER || (to - from > 1 && bytes[from] === 48) ? NaN : value
}
