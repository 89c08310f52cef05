import { integerOption, LobError } from '@rxlob/core'
import type { RowRange } from './row-range.js'

export interface PurgeOptions {
  /** Rows in all. */
  readonly rows: number
  /** The block that is scored. */
  readonly test: RowRange
  /** Rows that a label looks ahead, 0 or more. Give this or `labelEnd`. */
  readonly horizonRows?: number
  /** Last row that each row's label looks at, where spans differ (triple barriers). Give this or `horizonRows`. */
  readonly labelEnd?: ArrayLike<number>
  /** Rows before its own that a row's features look at, 0 or more. Default 0. */
  readonly lookBackRows?: number
  /** Rows left out after the last label of the test block, 0 or more. Default 1 % of `rows`, rounded up. */
  readonly embargoRows?: number
  /** Train before the test block alone, as it would have been. Default false. */
  readonly walkForward?: boolean
}

/**
 * Training rows that share no information with a test block (purge), nor follow it too closely (embargo).
 *
 *   row j may train iff labelEnd(j) < test.from - lookBack, or j - lookBack > last labelEnd of the test + embargo
 *
 * Returns ascending, disjoint, maximal ranges; none where nothing may train.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range, the test block is empty or outside the rows,
 *   or neither or both of `horizonRows` and `labelEnd` are given.
 * @see Lopez de Prado (2018), Advances in Financial Machine Learning, section 7.4
 */
export function purgedTrain(options: PurgeOptions): RowRange[] {
  const rows = integerOption('rows', options.rows, 1)
  const from = integerOption('test.from', options.test.from, 0, rows - 1)
  const to = integerOption('test.to', options.test.to, from + 1, rows)
  const lookBack = integerOption('lookBackRows', options.lookBackRows ?? 0, 0)
  const embargo = integerOption('embargoRows', options.embargoRows ?? Math.ceil(rows / 100), 0)
  const endOf = labelEnds(options, rows)
  let lastEnd = -1
  for (let row = from; row < to; row++) lastEnd = Math.max(lastEnd, endOf(row))
  const ranges: RowRange[] = []
  let start = -1
  for (let row = 0; row <= rows; row++) {
    const before = row < from && endOf(row) < from - lookBack
    const after = options.walkForward !== true && row >= to && row - lookBack > lastEnd + embargo
    const allowed = row < rows && (before || after)
    if (allowed && start < 0) start = row
    if (!allowed && start >= 0) {
      ranges.push({ from: start, to: row })
      start = -1
    }
  }
  return ranges
}

function labelEnds({ horizonRows, labelEnd }: PurgeOptions, rows: number): (row: number) => number {
  if ((horizonRows === undefined) === (labelEnd === undefined)) {
    throw new LobError('LOB_BAD_OPTION', 'purgedTrain: expected exactly one of the options horizonRows and labelEnd.')
  }
  if (labelEnd === undefined) {
    const horizon = integerOption('horizonRows', horizonRows!, 0)
    return (row) => row + horizon
  }
  if (labelEnd.length !== rows) {
    throw new LobError('LOB_BAD_OPTION', `purgedTrain: expected labelEnd to have ${rows} rows, got ${labelEnd.length}.`)
  }
  for (let row = 0; row < rows; row++) {
    if (!(labelEnd[row]! >= row)) {
      throw new LobError('LOB_BAD_OPTION', `purgedTrain: labelEnd of row ${row} is ${labelEnd[row]}; a label ends at its own row or later.`)
    }
  }
  return (row) => labelEnd[row]!
}
