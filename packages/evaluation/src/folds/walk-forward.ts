import { integerOption, LobError } from '@rxlob/core'
import type { RowRange } from './row-range.js'

export interface WalkForwardOptions {
  /** Rows in all. */
  readonly rows: number
  /** Number of folds, 1 or more. Default 5. */
  readonly folds?: number
  /** `anchored`: every fold trains from row 0. `rolling`: every fold trains on `trainRows` rows. Default `anchored`. */
  readonly train?: 'anchored' | 'rolling'
  /** Rows before the first test block, purge included; the length of every rolling training block. Default half of `rows`. */
  readonly trainRows?: number
  /** Rows that a label looks ahead, 0 or more. */
  readonly horizonRows: number
  /** Rows before its own that a row's features look at, 0 or more. Default 0. */
  readonly lookBackRows?: number
  /** Further rows left out between the last label of a training block and what the test block sees, 0 or more. Default 0. */
  readonly embargoRows?: number
  /** Fewest rows that a training or test block may be left with, 1 or more. Default 100. */
  readonly minRows?: number
}

export interface Fold {
  readonly train: RowRange
  readonly test: RowRange
}

/**
 * Walk-forward folds: consecutive test blocks, each trained on what came before it, purged by horizon and look-back, with an embargo between.
 *
 * Test blocks share the rows after the first `trainRows` as evenly as whole rows allow and cover each once, in order.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range or a block is left with fewer than `minRows` rows.
 */
export function walkForward(options: WalkForwardOptions): Fold[] {
  const rows = integerOption('rows', options.rows, 2)
  const count = integerOption('folds', options.folds ?? 5, 1)
  const trainRows = integerOption('trainRows', options.trainRows ?? Math.floor(rows / 2), 1, rows - 1)
  const horizon = integerOption('horizonRows', options.horizonRows, 0)
  const lookBack = integerOption('lookBackRows', options.lookBackRows ?? 0, 0)
  const embargo = integerOption('embargoRows', options.embargoRows ?? 0, 0)
  const minRows = integerOption('minRows', options.minRows ?? 100, 1)
  const edge = (fold: number): number => trainRows + Math.round((fold * (rows - trainRows)) / count)
  return Array.from({ length: count }, (_, fold) => {
    const test = { from: edge(fold), to: edge(fold + 1) }
    const train = { from: options.train === 'rolling' ? test.from - trainRows : 0, to: test.from - lookBack - horizon - embargo }
    for (const [name, range] of Object.entries({ train, test })) {
      if (range.to - range.from >= minRows) continue
      throw new LobError(
        'LOB_BAD_OPTION',
        `walkForward: the ${name} block of fold ${fold} has ${Math.max(0, range.to - range.from)} rows, expected ${minRows} or more; use more rows or fewer folds.`,
      )
    }
    return { train, test }
  })
}
