import { LobError } from '../errors.js'
import type { Micros } from '../units.js'
import { columnOf, type FeatureFrame } from './feature-frame.js'

export interface FrameBarsOptions<Name extends string> {
  /** Length of a bar. */
  readonly micros: Micros
  /** Where the first bar starts. Default the first row's time. */
  readonly origin?: Micros
  /** Rows passed over before the first bar; the last of them gives the closes that empty bars carry. Default 0. */
  readonly skipRows?: number
  /** Columns to add up over each bar. */
  readonly sum?: readonly Name[]
  /** Columns of which each bar keeps the last defined value, carried through empty bars. */
  readonly close?: readonly Name[]
}

/** Columns of a frame by time bar. */
export interface FrameBars<Name extends string = string> {
  readonly length: number
  readonly tsStart: Float64Array
  /** One number a bar. */
  readonly columns: Readonly<Record<Name, Float64Array>>
  /** What each closing column was before the first bar: the last defined value of the rows passed over, NaN where there is none. */
  readonly before: Readonly<Record<Name, number>>
  /** Rows whose number was undefined, by summed column: they count 0. */
  readonly undefinedRows: Readonly<Record<Name, number>>
}

/**
 * Sums and closes over the bars [origin + k * micros, origin + (k + 1) * micros) of exchange time, from the first to the bar of the last row.
 * An undefined number adds 0 and is counted. Cost: O(rows).
 *
 * @throws {LobError} LOB_BAD_OPTION where `micros` is not positive or a row lies before `origin`; LOB_COLUMN_MISMATCH for an unknown column.
 */
export function frameBars<Name extends string>(frame: FeatureFrame<Name>, options: FrameBarsOptions<Name>): FrameBars<Name> {
  const { micros, origin = frame.tsExchange[0] ?? 0, skipRows = 0, sum = [], close = [] } = options
  if (!(micros > 0)) throw new LobError('LOB_BAD_OPTION', `Option micros: expected a positive length of the bars, got ${String(micros)}.`)
  const barOf = (row: number): number => Math.floor((frame.tsExchange[row]! - origin) / micros)
  if (frame.length > skipRows && barOf(skipRows) < 0) throw new LobError('LOB_BAD_OPTION', `Option origin: row ${skipRows} lies before it.`)
  const length = frame.length > skipRows ? barOf(frame.length - 1) + 1 : 0
  const columns: Record<string, Float64Array> = {}
  const before: Record<string, number> = {}
  const undefinedRows: Record<string, number> = {}
  for (const name of sum) {
    const values = columnOf(frame, name)
    const sums = new Float64Array(length)
    let missing = 0
    for (let row = skipRows; row < frame.length; row++) {
      if (Number.isNaN(values[row])) missing++
      else sums[barOf(row)]! += values[row]!
    }
    columns[name] = sums
    undefinedRows[name] = missing
  }
  for (const name of close) {
    const values = columnOf(frame, name)
    const closes = new Float64Array(length).fill(NaN)
    let last = NaN
    for (let row = 0; row < skipRows; row++) if (!Number.isNaN(values[row])) last = values[row]!
    before[name] = last
    for (let row = skipRows; row < frame.length; row++) if (!Number.isNaN(values[row])) closes[barOf(row)] = values[row]!
    for (let bar = 0; bar < length; bar++) {
      if (Number.isNaN(closes[bar])) closes[bar] = last
      last = closes[bar]!
    }
    columns[name] = closes
  }
  return { length, tsStart: Float64Array.from({ length }, (_, bar) => origin + bar * micros), columns: columns as Record<Name, Float64Array>, before: before as Record<Name, number>, undefinedRows: undefinedRows as Record<Name, number> }
}
