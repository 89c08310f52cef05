import type { Step } from './level-reader.js'
import { plainScanBuffer } from './plain-scan-buffer.js'
import { wasmScanBuffer } from './wasm-scan-buffer.js'

/** The steps of an instrument. */
export interface Grid {
  readonly price: Step
  readonly size: Step
}

/** One frame at a time and the levels that are read from it. A frame longer than all before it may bring other arrays. */
export interface ScanBuffer {
  /** The frame, copied, and a zero behind it, which no list of levels contains. */
  readonly bytes: Uint8Array
  /** The same bytes, four at a time. */
  readonly words: Int32Array
  /** How many heads can be kept. */
  readonly heads: number
  /** What `follows` read. */
  readonly numbers: Float64Array
  /** Ticks and lots in turn. */
  readonly pairs: Float64Array
  /** Takes the place of the frame before, and of its pairs; false where there is no memory for it. */
  hold(frame: Uint8Array): boolean
  /**
   * Keeps what the frame begins with, in the place of the head that was there.
   *
   * @param places Begin and end of each number before `end`, in turn; six at most.
   * @returns False where it is too long.
   */
  remember(head: number, end: number, places: readonly number[]): boolean
  /** True where the frame begins as that one did but for its numbers, which have as many digits: `numbers` has them then. */
  follows(head: number): boolean
  /**
   * Reads the list at `at`, from its first bracket inside on, into `pairs` from `from` on.
   *
   * @param grid The place in the list of grids.
   * @returns The numbers in use then; -1 where this is no list of levels on the grid: `JSON.parse` shall say what it is.
   */
  read(grid: number, at: number, from: number): number
  /** Place behind the list that was read last, its closing bracket included. */
  end(): number
}

/** In WebAssembly where the host has it and allows it, else in JavaScript: what is read is the same. */
export const scanBuffer = (grids: readonly Grid[]): ScanBuffer => wasmScanBuffer(grids) ?? plainScanBuffer(grids)
