import { LobError, type InputSpec, type LabelledFrame } from '@rxlob/core'

/** Rows of a frame as a model reads them. */
export interface ScaledRows {
  readonly rows: number
  readonly columns: number
  /** Row-major [rows, columns]; 0 where a row is unusable. */
  readonly values: Float32Array
  /** For each row the first row of its stretch without a break or an undefined number; rows + 1 where the row itself is unusable. */
  readonly cleanFrom: Int32Array
}

/**
 * Picks the columns of `input`, scales them in double precision and casts them, as core's windows do.
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH where the frame lacks a column.
 */
export function scaledRows(frame: LabelledFrame, { columns: names, scaler }: InputSpec): ScaledRows {
  const places = names.map((name) => frame.columns.findIndex((column) => column.name === name))
  const missing = places.indexOf(-1)
  if (missing >= 0) throw new LobError('LOB_COLUMN_MISMATCH', `The model reads the column ${names[missing]}, which the frame does not have.`)
  const { length: rows } = frame
  const [columns, width] = [names.length, frame.columns.length]
  const values = new Float32Array(rows * columns)
  const cleanFrom = new Int32Array(rows)
  const breaks = new Set(frame.breaks)
  let start = 0
  for (let row = 0; row < rows; row++) {
    let finite = true
    for (let column = 0; column < columns; column++) {
      const value = frame.values[row * width + places[column]!]!
      const scaled = Math.fround(scaler === undefined ? value : (value - scaler.mean[column]!) / scaler.scale[column]!)
      if (Number.isFinite(scaled)) values[row * columns + column] = scaled
      else finite = false
    }
    if (breaks.has(row)) start = row
    if (!finite) {
      values.fill(0, row * columns, (row + 1) * columns)
      start = row + 1
    }
    cleanFrom[row] = finite ? start : rows + 1
  }
  return { rows, columns, values, cleanFrom }
}
