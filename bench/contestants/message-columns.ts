import { microsOrigin, summedMessages } from './message-hash.ts'

/** What a general CSV parser is made to produce: numbers in columns, as the byte parsers do. */
export class MessageColumns {
  rows = 0
  readonly micros: Float64Array
  readonly nanos: Float64Array
  readonly types: Uint8Array
  readonly ids: Float64Array
  readonly sizes: Float64Array
  readonly prices: Float64Array
  readonly directions: Int8Array

  constructor(rows: number) {
    this.micros = new Float64Array(rows)
    this.nanos = new Float64Array(rows)
    this.types = new Uint8Array(rows)
    this.ids = new Float64Array(rows)
    this.sizes = new Float64Array(rows)
    this.prices = new Float64Array(rows)
    this.directions = new Int8Array(rows)
  }

  /** Fields as text or as numbers. */
  push(fields: readonly (string | number)[]): void {
    const row = this.rows++
    const nanos = Math.round(Number(fields[0]) * 1e9)
    this.micros[row] = Math.floor(nanos / 1000)
    this.nanos[row] = nanos % 1000
    this.types[row] = Number(fields[1])
    this.ids[row] = Number(fields[2])
    this.sizes[row] = Number(fields[3])
    this.prices[row] = Number(fields[4])
    this.directions[row] = Number(fields[5])
  }

  hash(): string {
    let sum = 0
    for (let row = 0; row < Math.min(summedMessages, this.rows); row++) sum += this.micros[row]! - microsOrigin + this.nanos[row]! + this.sizes[row]! + this.prices[row]!
    return String(sum)
  }
}
