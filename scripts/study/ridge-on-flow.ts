import { columnOf, type LabelledFrame } from '@rxlob/core'
import { choleskyFactor, choleskySolve, signRule, type Baseline, type RowRange } from '@rxlob/evaluation'

export interface RidgeOnFlowOptions {
  /** Columns of the order-flow imbalance at each level. */
  readonly columns: readonly string[]
  /** Rows over which the flow is summed. */
  readonly windowRows: number
  /** Moves that it is fitted to, and the rows that it is fitted on. */
  readonly moves: Float64Array
  readonly train: RowRange
  /** Against the sum of squares of standardised columns, a training row. */
  readonly penalty?: number
}

/**
 * Ridge regression of the coming move on the summed order flow of each level; calls its sign, with a dead zone fitted to the training rows.
 *
 *   (X'X / n + penalty I)^-1 X'y / n   on columns standardised by the training rows, the intercept free
 *
 * @see Xu, Gould and Howison (2018), arXiv 1907.06230
 */
export function ridgeOnFlow(options: RidgeOnFlowOptions): Baseline {
  return signRule({ name: 'ridge_mlofi', deadZone: 'trained', signal: (frame) => ridgeForecast(frame, options) })
}

function ridgeForecast(frame: LabelledFrame, { columns, windowRows, moves, train, penalty = 0.01 }: RidgeOnFlowOptions): Float64Array {
  const flows = columns.map((name) => trailingSums(columnOf(frame, name), windowRows))
  const width = flows.length
  const rows = Array.from({ length: train.to - train.from }, (_, at) => train.from + at).filter((row) => !Number.isNaN(moves[row]!) && flows.every((flow) => !Number.isNaN(flow[row]!)))
  const mean = (values: (row: number) => number): number => rows.reduce((sum, row) => sum + values(row), 0) / rows.length
  const centres = flows.map((flow) => mean((row) => flow[row]!))
  const scales = flows.map((flow, j) => Math.sqrt(mean((row) => (flow[row]! - centres[j]!) ** 2)) || 1)
  const centre = mean((row) => moves[row]!)
  const x = (row: number, j: number): number => (flows[j]![row]! - centres[j]!) / scales[j]!
  const normal = new Float64Array(width * width)
  const weights = new Float64Array(width)
  for (let j = 0; j < width; j++) {
    weights[j] = mean((row) => x(row, j) * (moves[row]! - centre))
    for (let k = 0; k <= j; k++) normal[j * width + k] = normal[k * width + j] = mean((row) => x(row, j) * x(row, k)) + (j === k ? penalty : 0)
  }
  choleskyFactor(normal, width)
  choleskySolve(normal, width, weights)
  return Float64Array.from({ length: frame.length }, (_, row) => weights.reduce((sum, weight, j) => sum + weight * x(row, j), centre))
}

/** NaN until the window is full, and where a row in it is undefined. */
function trailingSums(values: Float64Array, rows: number): Float64Array {
  const sums = new Float64Array(values.length).fill(NaN)
  let sum = 0
  let undefinedRows = 0
  for (let row = 0; row < values.length; row++) {
    for (const [at, sign] of [[row, 1], [row - rows, -1]] as const) {
      if (at < 0) continue
      if (Number.isNaN(values[at]!)) undefinedRows += sign
      else sum += sign * values[at]!
    }
    if (row >= rows - 1 && undefinedRows === 0) sums[row] = sum
  }
  return sums
}
