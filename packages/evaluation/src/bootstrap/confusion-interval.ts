import { confusionMatrix, type ConfusionMatrix } from '../metrics/classification/confusion-matrix.js'
import { bootstrapSums } from './bootstrap-sums.js'
import { percentileInterval, type Interval } from './percentile-interval.js'
import type { BootstrapOptions } from './stationary-blocks.js'

export interface ConfusionIntervalOptions extends BootstrapOptions {
  /** Number of classes, 2 or more. */
  readonly classes: number
}

/**
 * A metric of hard class calls (`macroF1`, `matthewsCorrelation`, ...) with its block-bootstrap interval.
 *
 * Blocks are resampled as confusion counts, so the metric costs O(classes^2) a draw, not O(rows).
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths differ, an entry is not a class, an option is out of range or there are
 *   fewer than 5 mean blocks of rows.
 * @example
 * confusionInterval(macroF1, truth, calls, { classes: 3, meanBlockRows: 500 })
 */
export function confusionInterval(
  metric: (matrix: ConfusionMatrix) => number,
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  options: ConfusionIntervalOptions,
): Interval {
  const { classes } = confusionMatrix(truth, predicted, options)
  const { values, draws } = bootstrapSums(
    {
      rows: truth.length, sums: classes * classes, statistics: 1,
      add: (row, sums) => { sums[truth[row]! * classes + predicted[row]!]! += 1 },
      evaluate: (counts, out, at) => { out[at] = metric({ classes, counts }) },
    },
    options,
  )
  return percentileInterval(values[0]!, draws, options)
}
