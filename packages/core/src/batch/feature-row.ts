import type { InstrumentId } from '../instrument.js'
import type { Micros } from '../units.js'

/** Rows live in slabs that are written once, so a row may be kept, paired and buffered without a copy. */
export interface FeatureRow<Name extends string = string> {
  readonly instrument: InstrumentId
  /** Per instrument, from 0. */
  readonly row: number
  readonly tsExchange: Micros
  readonly tsLocal: Micros
  /** A gap, a halt, a session's end or a new instrument lies between this row and the one before. */
  readonly afterBreak: boolean
  readonly columns: readonly Name[]
  /** What the columns were computed by, in order; with `sampler`, what a predictor is checked against. */
  readonly fingerprints: readonly string[]
  readonly sampler: string
  at(column: number): number
  get(name: Name): number
  toArray(): number[]
}

/** What all rows of one stream share. */
export interface RowShape<Name extends string> {
  readonly columns: readonly Name[]
  readonly fingerprints: readonly string[]
  readonly sampler: string
  /** Position of each column. */
  readonly positions: ReadonlyMap<string, number>
}

/** A row of a slab: the numbers from `offset` on. Where the row is lent, whoever lends it writes it anew for each event. */
export class SlabRow<Name extends string> implements FeatureRow<Name> {
  readonly instrument: InstrumentId
  row: number
  tsExchange: Micros
  tsLocal: Micros
  afterBreak: boolean
  /** The slab and where the row starts in it: for readers that copy rows on without a call a column. */
  readonly slab: Float64Array
  readonly offset: number
  private readonly shape: RowShape<Name>

  constructor(shape: RowShape<Name>, instrument: InstrumentId, row: number, tsExchange: Micros, tsLocal: Micros, afterBreak: boolean, slab: Float64Array, offset: number) {
    this.shape = shape
    this.instrument = instrument
    this.row = row
    this.tsExchange = tsExchange
    this.tsLocal = tsLocal
    this.afterBreak = afterBreak
    this.slab = slab
    this.offset = offset
  }

  get columns(): readonly Name[] {
    return this.shape.columns
  }
  get fingerprints(): readonly string[] {
    return this.shape.fingerprints
  }
  get sampler(): string {
    return this.shape.sampler
  }
  at(column: number): number {
    return column >= 0 && column < this.shape.columns.length ? this.slab[this.offset + column]! : NaN
  }
  get(name: Name): number {
    return this.at(this.shape.positions.get(name) ?? -1)
  }
  toArray(): number[] {
    return Array.from(this.slab.subarray(this.offset, this.offset + this.shape.columns.length))
  }
}
