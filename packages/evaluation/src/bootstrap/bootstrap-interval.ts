import { percentileInterval, type Interval } from './percentile-interval.js'
import { stationaryBlocks, type BootstrapOptions } from './stationary-blocks.js'

/**
 * Any statistic of rows with its block-bootstrap interval: it is handed row numbers and looks them up itself.
 *
 * Costs a whole evaluation a draw; for statistics of sums (means, confusion counts) use `meanInterval`,
 * `confusionInterval` or `bootstrapSums`, which cost O(blocks). The array of row numbers is reused: do not keep it.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range or there are fewer than 5 mean blocks of rows.
 * @example
 * bootstrapInterval(n, (rows) => rocAuc(pick(up, rows), pick(score, rows)), { meanBlockRows: 500, draws: 500 })
 */
export function bootstrapInterval(rows: number, statistic: (rows: Uint32Array) => number, options: BootstrapOptions): Interval {
  const plan = stationaryBlocks(rows, options)
  const chosen = Uint32Array.from({ length: rows }, (_, row) => row)
  const value = statistic(chosen)
  const draws = new Float64Array(plan.draws)
  for (let draw = 0; draw < plan.draws; draw++) {
    let at = 0
    plan.draw((first, count) => {
      for (let row = first; row < first + count; row++) chosen[at++] = row
    })
    draws[draw] = statistic(chosen)
  }
  return percentileInterval(value, draws, options)
}
