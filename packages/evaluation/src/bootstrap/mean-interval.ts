import { bootstrapSums } from './bootstrap-sums.js'
import { percentileInterval, type Interval } from './percentile-interval.js'
import type { BootstrapOptions } from './stationary-blocks.js'

/**
 * Mean of per-row scores (1 for a right call, a log loss, a profit) with its block-bootstrap interval.
 *
 * Unit: of the scores. NaN where a score is.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range or there are fewer than 5 mean blocks of rows.
 * @see stationaryBlocks
 */
export function meanInterval(scores: ArrayLike<number>, options: BootstrapOptions): Interval {
  const rows = scores.length
  const { values, draws } = bootstrapSums(
    {
      rows, sums: 1, statistics: 1,
      add: (row, sums) => { sums[0]! += scores[row]! },
      evaluate: (sums, out, at) => { out[at] = sums[0]! / rows },
    },
    options,
  )
  return percentileInterval(values[0]!, draws, options)
}
