import { lookAhead } from './level-reader.js'
import { levelReaderWasm } from './level-reader-wasm.js'
import type { Grid, ScanBuffer } from './scan-buffer.js'

/** What the module exports: wasm/level-reader.ts. Places are those of its memory. */
interface LevelReaderExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  readonly readerBytes: { readonly value: number }
  follows(head: number, frame: number, values: number): number
  open(reader: number, tickMultiplier: number, tickDigits: number, lotMultiplier: number, lotDigits: number): void
  read(reader: number, list: number, numbers: number): number
  end(): number
}

/** What is used of the host's WebAssembly; TypeScript knows it from the DOM alone. */
interface Host {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

const pageBytes = 65_536
/** Of the numbers of a head. */
const valueBytes = 64
/** As the module has them: length, count, places; then bytes and mask of as many bytes at most. */
const headFields = 32, maxHead = 320, headBytes = headFields + 2 * maxHead
/** Compiled once; each buffer has an instance and a memory of its own. */
let module: object | undefined

/** In WebAssembly, frame and numbers in its memory; undefined where the host has none, or forbids it (a content security policy without `wasm-unsafe-eval`), or has no memory for it. */
export function wasmScanBuffer(grids: readonly Grid[]): ScanBuffer | undefined {
  const { WebAssembly: host } = globalThis as { WebAssembly?: Host }
  if (host === undefined) return undefined
  try {
    module ??= new host.Module(Uint8Array.from(atob(levelReaderWasm), (letter) => letter.charCodeAt(0)))
    return new WasmScanBuffer(grids, new host.Instance(module).exports as LevelReaderExports)
  } catch {
    return undefined
  }
}

/** The memory: a head's numbers; readers, one a grid; heads; the frame; ticks and lots. */
class WasmScanBuffer implements ScanBuffer {
  bytes!: Uint8Array
  words!: Int32Array
  pairs!: Float64Array
  numbers!: Float64Array
  readonly heads: number
  private readonly wasm: LevelReaderExports
  private readonly readerBytes: number
  private readonly headsAt: number
  private readonly frameAt: number
  private pairsAt = 0
  /** Longest frame that there is room for. */
  private room = 0

  constructor(grids: readonly Grid[], wasm: LevelReaderExports) {
    this.wasm = wasm
    this.readerBytes = wasm.readerBytes.value
    this.heads = 2 * grids.length + 8
    this.headsAt = valueBytes + grids.length * this.readerBytes
    this.frameAt = this.headsAt + this.heads * headBytes
    this.reserve(16_384)
    for (const [grid, { price, size }] of grids.entries()) wasm.open(valueBytes + grid * this.readerBytes, price.multiplier, price.digits, size.multiplier, size.digits)
  }

  hold(frame: Uint8Array): boolean {
    const { length } = frame
    if (length > this.room && !this.grow(length)) return false
    this.bytes.set(frame)
    this.bytes[length] = 0
    return true
  }

  remember(head: number, end: number, places: readonly number[]): boolean {
    if (end > maxHead || places.length > 12) return false
    const length = Math.ceil(end / 8) * 8
    const fields = new DataView(this.wasm.memory.buffer, this.headsAt + head * headBytes, headBytes)
    const bytes = new Uint8Array(fields.buffer, fields.byteOffset + headFields, 2 * length).fill(0)
    bytes.set(this.bytes.subarray(0, end))
    const mask = bytes.subarray(length).fill(255, 0, end)
    fields.setUint32(0, length, true)
    fields.setUint32(4, places.length / 2, true)
    for (let at = 0; at < places.length; at += 2) {
      const [from, to] = [places[at]!, places[at + 1]!]
      mask.fill(0, from, to)
      fields.setUint16(8 + 2 * at, from, true)
      fields.setUint16(10 + 2 * at, to - from, true)
    }
    return true
  }

  follows(head: number): boolean {
    return this.wasm.follows(this.headsAt + head * headBytes, this.frameAt, 0) !== 0
  }

  read(grid: number, at: number, from: number): number {
    const count = this.wasm.read(valueBytes + grid * this.readerBytes, this.frameAt + at, this.pairsAt + 8 * from)
    return count < 0 ? -1 : from + count
  }

  end(): number {
    return this.wasm.end() - this.frameAt
  }

  private grow(length: number): boolean {
    try {
      this.reserve(2 * length)
      return true
    } catch {
      // More than the host gives, or than 32 bits can address.
      return false
    }
  }

  /** A frame of `room` bytes and as many bytes again, twice, for its numbers: the shortest level, `["1","1"],`, has ten bytes and makes sixteen. */
  private reserve(room: number): void {
    const { memory } = this.wasm
    const frameBytes = Math.ceil((room + lookAhead) / 8) * 8
    const missing = this.frameAt + 3 * frameBytes - memory.buffer.byteLength
    if (missing > 0) memory.grow(Math.ceil(missing / pageBytes))
    const { buffer } = memory
    this.room = room
    this.pairsAt = this.frameAt + frameBytes
    // What grows leaves the arrays over the memory as it was without bytes.
    this.bytes = new Uint8Array(buffer, this.frameAt, frameBytes)
    this.words = new Int32Array(buffer, this.frameAt, frameBytes / 4)
    this.pairs = new Float64Array(buffer, this.pairsAt)
    this.numbers = new Float64Array(buffer, 0, valueBytes / 8)
  }
}
