import type { Column } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import type { InstrumentId } from '../instrument.js'

/** Features as columns: what training, backtests and plots read. */
export interface FeatureFrame<Name extends string = string> {
  readonly instrument: InstrumentId
  readonly columns: readonly Column<Name>[]
  readonly length: number
  /** Number of the first row. */
  readonly firstRow: number
  readonly tsExchange: Float64Array
  readonly tsLocal: Float64Array
  /** Row-major [length, columns]. */
  readonly values: Float64Array
}

/** A whole frame with its targets. */
export interface LabelledFrame<Name extends string = string> extends FeatureFrame<Name> {
  /** By labeler: the target of each row, NaN where the label never settled. */
  readonly targets: Readonly<Record<string, Float64Array>>
  /** By labeler: the row that completed each label's horizon, NaN where none did. */
  readonly settledRows: Readonly<Record<string, Float64Array>>
  /** Rows but the first before which a gap, a halt, a session's end or a new instrument voids windows and labels. */
  readonly breaks: readonly number[]
}

/** One column of a frame as numbers of its own. Cost: O(rows). */
export function columnOf<Name extends string>(frame: FeatureFrame<Name>, name: Name): Float64Array {
  const width = frame.columns.length
  const at = frame.columns.findIndex((column) => column.name === name)
  if (at < 0) throw new LobError('LOB_COLUMN_MISMATCH', `Expected one of the columns ${frame.columns.map((column) => column.name).join(', ')}, got ${name}.`)
  const column = new Float64Array(frame.length)
  for (let row = 0; row < frame.length; row++) column[row] = frame.values[row * width + at]!
  return column
}
