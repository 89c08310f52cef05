import { LobError, type FeatureFrame, type InputSpec } from '@rxlob/core'

export interface ScalerOptions {
  /** First row to fit on. Default 0. */
  readonly from?: number
  /** Row after the last to fit on: a scaler sees training rows alone. Default all. */
  readonly to?: number
}

/**
 * Mean and standard deviation of each column, for `InputSpec.scaler`.
 *
 *   mean = sum x / n, scale = sqrt(sum (x - mean)^2 / n)
 *
 * NaN and infinite numbers are left out, column by column; a constant column gets scale 1. Welford's recursion: exact enough for
 * prices of 1e6 that move by 1e-2. Cost: O(rows x columns).
 *
 * @throws {LobError} LOB_BAD_OPTION where the rows are not in the frame; LOB_MODEL where a column has no finite number in them.
 * @see Welford (1962), Technometrics 4(3) 419-420
 */
export function fitScaler(frame: Pick<FeatureFrame, 'columns' | 'values' | 'length'>, options: ScalerOptions = {}): NonNullable<InputSpec['scaler']> {
  const { from = 0, to = frame.length } = options
  if (!Number.isInteger(from) || !Number.isInteger(to) || from < 0 || to > frame.length || from >= to) {
    throw new LobError('LOB_BAD_OPTION', `Options from and to: expected rows of a frame of ${frame.length}, got ${from} to ${to}.`)
  }
  const width = frame.columns.length
  const mean = new Float64Array(width)
  const squares = new Float64Array(width)
  const counts = new Float64Array(width)
  for (let row = from, at = from * width; row < to; row++) {
    for (let column = 0; column < width; column++, at++) {
      const value = frame.values[at]!
      if (!Number.isFinite(value)) continue
      const away = value - mean[column]!
      mean[column]! += away / ++counts[column]!
      squares[column]! += away * (value - mean[column]!)
    }
  }
  const empty = counts.indexOf(0)
  if (empty >= 0) {
    throw new LobError('LOB_MODEL', `Column ${frame.columns[empty]!.name} has no finite number in rows ${from} to ${to}: fit on rows past its warm-up, or leave the feature out.`)
  }
  return { mean: [...mean], scale: Array.from(squares, (sum, column) => (sum > 0 ? Math.sqrt(sum / counts[column]!) : 1)) }
}
