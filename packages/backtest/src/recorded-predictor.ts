import { LobError, type InputSpec, type OutputSpec, type Predictor } from '@rxlob/core'

export interface RecordedPredictorOptions {
  readonly name: string
  /** What the model read when it made them: the rows of the run must be those of the record. */
  readonly input: InputSpec
  readonly output: OutputSpec
  /** Row of each prediction, rising. */
  readonly rows: ArrayLike<number>
  /** Row-major [predictions, outputs]. */
  readonly values: ArrayLike<number>
}

/**
 * Predictions made elsewhere, out of sample, said again row by row: how a walk-forward evaluation becomes a backtest.
 *
 * A row without one is answered by NaN, which the run counts as missing. That the record was made without the future is for its maker to
 * answer for: `noPeek` with a `run` that makes it anew tells.
 *
 * @throws {LobError} LOB_BAD_OPTION where rows do not rise or lengths disagree.
 */
export function recordedPredictor({ name, input, output, rows, values }: RecordedPredictorOptions): Predictor {
  const width = output.kind === 'classes' ? output.classes.length : 2
  if (values.length !== rows.length * width) throw new LobError('LOB_BAD_OPTION', `recordedPredictor: expected ${width} values a row, got ${values.length} for ${rows.length} rows.`)
  const at = new Map<number, number>()
  for (let row = 0; row < rows.length; row++) {
    if (row > 0 && !(rows[row]! > rows[row - 1]!)) throw new LobError('LOB_BAD_OPTION', `recordedPredictor: expected rows that rise, got ${rows[row]} after ${rows[row - 1]}.`)
    at.set(rows[row]!, row)
  }
  return {
    contract: 1,
    name,
    input,
    output,
    predict: ({ row }) => {
      const found = at.get(row)
      return Float32Array.from({ length: width }, (_, k) => (found === undefined ? NaN : values[found * width + k]!))
    },
  }
}
