import { readFileSync, writeFileSync } from 'node:fs'

/** One level change or order message a row, as numbers that every contestant can read: the format of the `.bin` files. */
export interface Stream {
  /** Numbers a row: `side, ticks, lots` of a level, or `op, side, ticks, lots, orderId` of an order. */
  readonly width: number
  /** Rows of the opening book, before those that are timed. */
  readonly opening: number
  readonly rows: number
  readonly values: Float64Array
}

const header = 3

export function writeStream(file: string, width: number, opening: number, values: readonly number[]): void {
  writeFileSync(file, new Uint8Array(Float64Array.of(width, opening, values.length / width).buffer))
  writeFileSync(file, new Uint8Array(Float64Array.from(values).buffer), { flag: 'a' })
}

export function readStream(file: string): Stream {
  const bytes = readFileSync(file)
  const all = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  return { width: all[0]!, opening: all[1]!, rows: all[2]!, values: all.subarray(header) }
}
