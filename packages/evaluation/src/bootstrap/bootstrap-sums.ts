import { stationaryBlocks, type BootstrapOptions } from './stationary-blocks.js'

/** Statistics that are functions of sums over rows. */
export interface SumStatistics {
  /** Rows of the sample. */
  readonly rows: number
  /** How many sums. */
  readonly sums: number
  /** How many statistics are made of them. */
  readonly statistics: number
  /** Adds what `row` contributes to each sum. */
  add(row: number, sums: Float64Array): void
  /** Writes the statistics of the sums over `rows` rows from `out[at]`. */
  evaluate(sums: Float64Array, out: Float64Array, at: number): void
}

export interface BootstrapSample {
  /** The statistics of the sample itself. */
  readonly values: Float64Array
  /** Row-major [draws, statistics]: the statistics of each resample. */
  readonly draws: Float64Array
}

/**
 * Stationary block bootstrap of statistics that need only sums over rows: means, shares, confusion counts, binned errors.
 *
 * A block's sums are the difference of two prefix sums, so a draw costs O(blocks * sums) instead of O(rows * sums),
 * and all statistics see the same resamples. Memory: rows * sums doubles.
 *
 * @throws {LobError} LOB_BAD_OPTION as `stationaryBlocks`.
 * @example
 * // Ratio of two means.
 * bootstrapSums({ rows, sums: 2, statistics: 1,
 *   add: (row, sums) => { sums[0] += gain[row]; sums[1] += cost[row] },
 *   evaluate: (sums, out, at) => { out[at] = sums[0] / sums[1] } }, { meanBlockRows: 100 })
 */
export function bootstrapSums(of: SumStatistics, options: BootstrapOptions): BootstrapSample {
  const { rows, sums: width, statistics } = of
  const plan = stationaryBlocks(rows, options)
  const prefix = new Float64Array((rows + 1) * width)
  const running = new Float64Array(width)
  for (let row = 0; row < rows; row++) {
    of.add(row, running)
    prefix.set(running, (row + 1) * width)
  }
  const values = new Float64Array(statistics)
  of.evaluate(running, values, 0)
  const draws = new Float64Array(plan.draws * statistics)
  const resampled = new Float64Array(width)
  const visit = (first: number, count: number): void => {
    const from = first * width
    const to = (first + count) * width
    for (let k = 0; k < width; k++) resampled[k] = resampled[k]! + (prefix[to + k]! - prefix[from + k]!)
  }
  for (let draw = 0; draw < plan.draws; draw++) {
    resampled.fill(0)
    plan.draw(visit)
    of.evaluate(resampled, draws, draw * statistics)
  }
  return { values, draws }
}
