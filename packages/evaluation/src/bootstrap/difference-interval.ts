import { sameLength } from '../numeric/same-length.js'
import { meanInterval } from './mean-interval.js'
import type { Interval } from './percentile-interval.js'
import type { BootstrapOptions } from './stationary-blocks.js'

/**
 * Mean of (first - second) over the same rows, with its block-bootstrap interval. Pairing removes what both share:
 * the interval is usually much narrower than those of the two means.
 *
 * Unit: of the scores. NaN where a score is.
 *
 * @throws {LobError} LOB_BAD_OPTION where lengths differ, an option is out of range or there are fewer than 5 mean blocks of rows.
 */
export function differenceInterval(first: ArrayLike<number>, second: ArrayLike<number>, options: BootstrapOptions): Interval {
  const rows = sameLength('differenceInterval', first, second)
  const difference = new Float64Array(rows)
  for (let row = 0; row < rows; row++) difference[row] = first[row]! - second[row]!
  return meanInterval(difference, options)
}
