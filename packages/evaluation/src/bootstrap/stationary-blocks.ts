import { integerOption, LobError, numberOption, seededRandom, type Random } from '@rxlob/core'

/** How rows are resampled. The same rows and options give the same resamples, so statistics of several forecasts may be paired. */
export interface BootstrapOptions {
  /** Mean length of a block in rows, 1 or more: at least 10 times the label horizon, or the interval is too narrow. */
  readonly meanBlockRows: number
  /** Resamples. Default 2000. */
  readonly draws?: number
  /** Of the random source. Default 1. */
  readonly seed?: number
  /** Probability that the interval should cover, above 0 to below 1. Default 0.95. */
  readonly level?: number
}

/** One resample of `rows` rows: hands over runs of consecutive rows, first and how many, until there are `rows`. */
export type BlockDraw = (visit: (first: number, count: number) => void) => void

export interface BlockPlan {
  readonly draws: number
  readonly level: number
  readonly draw: BlockDraw
}

/** Fewer blocks than this say nothing about sampling error: with one block every resample is the sample again. */
const fewestBlocks = 5

/**
 * The stationary block bootstrap's resampling: blocks start anywhere, have geometric lengths and wrap around the end.
 *
 * A block that wraps is handed over as two runs. Cost: O(rows / meanBlockRows) a draw.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range or there are fewer than 5 mean blocks of rows.
 * @see Politis and Romano (1994), The stationary bootstrap, JASA 89, 1303-1313
 */
export function stationaryBlocks(rows: number, options: BootstrapOptions): BlockPlan {
  const meanBlockRows = numberOption('meanBlockRows', options.meanBlockRows, 1, Number.MAX_SAFE_INTEGER)
  const draws = integerOption('draws', options.draws ?? 2000, 2)
  const level = numberOption('level', options.level ?? 0.95, Number.MIN_VALUE, 1 - Number.EPSILON)
  if (!(rows >= fewestBlocks * meanBlockRows)) {
    throw new LobError(
      'LOB_BAD_OPTION',
      `Bootstrap: expected at least ${fewestBlocks} blocks of meanBlockRows ${meanBlockRows}, got ${rows} rows; score more rows or shorten the horizon.`,
    )
  }
  const random = seededRandom(options.seed ?? 1)
  const lengthOf = geometric(random, meanBlockRows)
  return {
    draws,
    level,
    draw: (visit) => {
      for (let left = rows; left > 0; ) {
        const first = Math.floor(random() * rows)
        const count = Math.min(lengthOf(), left)
        const run = Math.min(count, rows - first)
        visit(first, run)
        if (run < count) visit(0, count - run)
        left -= count
      }
    },
  }
}

/** Lengths 1, 2, ... with the given mean, by inversion. */
function geometric(random: Random, mean: number): () => number {
  if (mean === 1) return () => 1
  const scale = 1 / Math.log1p(-1 / mean)
  return () => 1 + Math.floor(Math.log(1 - random()) * scale)
}
