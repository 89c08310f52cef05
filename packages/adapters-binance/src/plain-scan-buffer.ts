import { LevelReader, lookAhead } from './level-reader.js'
import type { Grid, ScanBuffer } from './scan-buffer.js'

/** In JavaScript alone: where there is no WebAssembly (`--jitless`, a content security policy). */
export function plainScanBuffer(grids: readonly Grid[]): ScanBuffer {
  return new PlainScanBuffer(grids)
}

class PlainScanBuffer implements ScanBuffer {
  bytes: Uint8Array = new Uint8Array(16_384)
  words: DataView = new DataView(this.bytes.buffer)
  pairs: Float64Array = new Float64Array(4096)
  private readonly readers: readonly LevelReader[]
  private reader: LevelReader | undefined

  constructor(grids: readonly Grid[]) {
    this.readers = grids.map(({ price, size }) => new LevelReader(price, size))
  }

  hold(frame: Uint8Array): boolean {
    const { length } = frame
    if (length + lookAhead > this.bytes.length) {
      this.bytes = new Uint8Array(2 * (length + lookAhead))
      this.words = new DataView(this.bytes.buffer)
      // The shortest level, `["1","1"],`, has ten bytes.
      this.pairs = new Float64Array(length)
    }
    this.bytes.set(frame)
    this.bytes[length] = 0
    return true
  }

  read(grid: number, at: number, from: number): number {
    this.reader = this.readers[grid]!
    return this.reader.read(this.bytes, this.words, at, this.pairs, from)
  }

  end(): number {
    return this.reader!.end
  }
}
