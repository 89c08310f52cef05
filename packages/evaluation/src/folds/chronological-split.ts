import { integerOption, LobError, numberOption, type Horizon } from '@rxlob/core'
import { rangeLength, type RowRange } from './row-range.js'

export interface ChronologicalSplitOptions {
  /** What a label looks ahead. In micros only where times are given. */
  readonly horizon: Horizon
  /** Rows before its own that a row's features look at, 0 or more. Default 0. */
  readonly lookBackRows?: number
  /** Shares of training, validation and test; they sum to 1. Default [0.6, 0.2, 0.2]. */
  readonly shares?: readonly [train: number, validation: number, test: number]
  /** Fewest rows that a block may be left with, 1 or more. Default 100. */
  readonly minRows?: number
}

export interface ChronologicalSplit {
  readonly train: RowRange
  readonly validation: RowRange
  readonly test: RowRange
}

/**
 * Training, validation and test block in time order, purged between them: no label of an earlier block
 * looks at a row that the features of a later block see.
 *
 * Given a number of rows, cuts by rows; given the rows' times, cuts by time, so that each block covers its share of the day.
 * A block loses its last rows to the purge; blocks start where the shares say.
 *
 * @param over Number of rows, or the time of each row in micros, ascending.
 * @throws {LobError} LOB_BAD_OPTION where shares do not sum to 1, times go back, the horizon needs times that are not given,
 *   or a block is left with fewer than `minRows` rows.
 * @example
 * chronologicalSplit(1000, { horizon: { rows: 10 } }) // train 0-590, validation 600-790, test 800-1000 (ends excluded)
 */
export function chronologicalSplit(over: number | ArrayLike<number>, options: ChronologicalSplitOptions): ChronologicalSplit {
  const shares = options.shares ?? [0.6, 0.2, 0.2]
  shares.forEach((share, block) => numberOption(`shares[${block}]`, share, 0, 1))
  if (Math.abs(shares[0] + shares[1] + shares[2] - 1) > 1e-9) {
    throw new LobError('LOB_BAD_OPTION', `Option shares: expected three numbers that sum to 1, got ${shares.join(', ')}.`)
  }
  const lookBack = integerOption('lookBackRows', options.lookBackRows ?? 0, 0)
  const minRows = integerOption('minRows', options.minRows ?? 100, 1)
  const rows = typeof over === 'number' ? integerOption('rows', over, 1) : over.length
  const cut = typeof over === 'number' ? (share: number) => Math.round(share * rows) : timeCut(over)
  const first = cut(shares[0])
  const second = cut(shares[0] + shares[1])
  const purge = (start: number, from: number): number => (start < rows ? lastSettledBefore(over, options.horizon, start - lookBack, from) : rows)
  const split = {
    train: { from: 0, to: purge(first, 0) },
    validation: { from: first, to: purge(second, first) },
    test: { from: second, to: rows },
  }
  for (const [name, range] of Object.entries(split)) {
    if (rangeLength(range) < minRows && shares[blocks.indexOf(name)] !== 0) {
      throw new LobError(
        'LOB_BAD_OPTION',
        `chronologicalSplit: the ${name} block keeps ${rangeLength(range)} rows after the purge, expected ${minRows} or more; use more rows or a shorter horizon.`,
      )
    }
  }
  return split
}

const blocks = ['train', 'validation', 'test']

/** First row whose time is at or after the share of the covered period. */
function timeCut(times: ArrayLike<number>): (share: number) => number {
  for (let row = 1; row < times.length; row++) {
    if (!(times[row]! >= times[row - 1]!)) {
      throw new LobError('LOB_BAD_OPTION', `chronologicalSplit: the time of row ${row} (${times[row]}) is before that of the row above (${times[row - 1]}).`)
    }
  }
  const start = times[0] ?? NaN
  const end = times[times.length - 1] ?? NaN
  return (share) => {
    const at = start + share * (end - start)
    let row = 0
    while (row < times.length && times[row]! < at) row++
    return row
  }
}

/** End (exclusive) of the rows from `from` on whose label is known before row `seen` is. */
function lastSettledBefore(over: number | ArrayLike<number>, horizon: Horizon, seen: number, from: number): number {
  if ('rows' in horizon) return Math.max(from, seen - integerOption('horizon.rows', horizon.rows, 0))
  const micros = numberOption('horizon.micros', horizon.micros, 0, Number.MAX_SAFE_INTEGER)
  if (typeof over === 'number') {
    throw new LobError('LOB_BAD_OPTION', 'chronologicalSplit: a horizon in micros needs the time of each row; give the times instead of their number.')
  }
  let to = Math.min(seen, over.length)
  while (to > from && over[to - 1]! + micros >= over[Math.max(0, seen)]!) to--
  return Math.max(from, to)
}
