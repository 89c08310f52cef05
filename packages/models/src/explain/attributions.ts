/**
 * How much each feature moved each output of each row away from a base.
 *
 *   output(row) = base(output) + sum over features of values(row, output, feature)
 *
 * Unit: that of the outputs explained (log odds for tree scores, probabilities where those were explained). Plain data: `@rxlob/plots` draws it.
 */
export interface Attributions {
  readonly rows: number
  readonly outputs: number
  readonly features: number
  /** Row-major [rows, outputs, features]. */
  readonly values: Float64Array
  /** [outputs], the same for every row. */
  readonly base: Float64Array
}
