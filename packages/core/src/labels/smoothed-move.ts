import type { Fitted } from '../contracts/feature.js'
import type { Labeler } from '../contracts/labeler.js'
import { LobError } from '../errors.js'
import { midTicks } from '../features/mid-ticks.js'
import { integerOption } from '../option-range.js'
import type { MoveThreshold } from './fit-move-threshold.js'
import { moveTarget } from './move-target.js'

export interface SmoothedMoveOptions {
  /** `L1`: mean of the future against the mid now; `L2`: against the mean of the past; `L3`: as `L2`, with a smoothing of its own. */
  readonly method: 'L1' | 'L2' | 'L3'
  /** Rows from the labelled row to the one that settles it, 1 or more. `L1` and `L2` average them all. */
  readonly rows: number
  /** `L3` alone: rows in each mean, 1 or more; a horizon that is shorter shortens it. Default 10. */
  readonly smoothingRows?: number
  /** `classes` down, flat and up, or the `value` itself. Default `classes`. */
  readonly kind?: 'classes' | 'value'
  /** A return of at most so much is flat (0.0005: five basis points): 0 or more, or fitted on training rows. Default 0; not for `value`. */
  readonly threshold?: number | Fitted<MoveThreshold>
}

interface SmoothedMoveState {
  /** The last `smoothing` mids. */
  readonly mids: Float64Array
  /** What each of the last `rows` rows is to be compared with, times `smoothing`. */
  readonly references: Float64Array
  row: number
  /** Over the defined of `mids`: halves of ticks, so exact. */
  sum: number
  undefinedMids: number
}

/**
 * How far a mean of future mids lies above the present, by the three definitions in use.
 *
 *   L1: mean(mid[t+1 .. t+k]) / mid[t] - 1                       k = rows         FI-2010
 *   L2: mean(mid[t+1 .. t+k]) / mean(mid[t-k+1 .. t]) - 1        k = rows         DeepLOB on LSE data
 *   L3: mean(mid[t+h-k+1 .. t+h]) / mean(mid[t-k+1 .. t]) - 1    h = rows, k = smoothingRows   TLOB
 *   up where it is above the threshold, down where it is below minus the threshold, else flat
 *
 * Unit: classes 0 down, 1 flat, 2 up; as a value a return. A row with an undefined mid (a side empty, the book crossed or not synced)
 * in either mean never settles, nor do the first k - 1 rows under L2 and L3. Cost: O(1) a row, memory O(rows).
 *
 * DANGER: L2 and L3 compare with a past mean, so a part of the label is known beforehand. On a pure random walk with three balanced
 * classes a rule that only looks at mid[t] against that mean is right in .559 (L2, k = 10) to .586 (k = 100) of the cases and under
 * L3 (k = 10) in .559 to .384 for h = 10 to 100, where L1 gives .333. Head lines belong to L1 or `midMove`, beside persistence.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of its range, `smoothingRows` comes without L3, or `value` with a threshold.
 * @see Ntakaris et al. (2018), J. Forecasting 37(8); Zhang, Zohren and Roberts (2019), IEEE TSP 67(11); Berti and Kasneci (2025), arXiv 2502.15757
 * @example
 * smoothedMove({ method: 'L1', rows: 10, threshold: 0.0002 }) // labeler smoothed_move_l1_10
 */
export function smoothedMove(options: SmoothedMoveOptions): Labeler {
  const { method, kind, threshold } = options
  const rows = integerOption('rows', options.rows, 1)
  const smoothing = smoothingOf(options)
  const target = moveTarget({ kind, threshold, thresholdName: 'threshold', unit: 'return', horizon: { rows } })
  return {
    name: `smoothed_move_${method.toLowerCase()}_${rows}${method === 'L3' ? `_${smoothing}` : ''}`,
    output: target.output,
    init: (): SmoothedMoveState => ({
      mids: new Float64Array(smoothing).fill(NaN),
      references: new Float64Array(rows).fill(NaN),
      row: 0,
      sum: 0,
      undefinedMids: smoothing,
    }),
    step(state: SmoothedMoveState, tick, emit) {
      const mid = midTicks(tick.book)
      const mean = push(state, mid)
      const due = state.row % rows
      const reference = state.references[due]!
      state.references[due] = method === 'L1' ? mid * smoothing : mean
      state.row++
      const move = (mean - reference) / reference
      if (reference > 0 && !Number.isNaN(move)) emit(rows, target.of(move))
    },
  }
}

/** Takes a mid in; returns the mean of the last ones times their number, NaN where one of them is undefined. */
function push(state: SmoothedMoveState, mid: number): number {
  const { mids, row } = state
  const leaving = mids[row % mids.length]!
  mids[row % mids.length] = mid
  if (Number.isNaN(leaving)) state.undefinedMids--
  else state.sum -= leaving
  if (Number.isNaN(mid)) state.undefinedMids++
  else state.sum += mid
  return state.undefinedMids === 0 ? state.sum : NaN
}

function smoothingOf({ method, rows, smoothingRows }: SmoothedMoveOptions): number {
  if (method === 'L3') return Math.min(integerOption('smoothingRows', smoothingRows ?? 10, 1), rows)
  if (method !== 'L1' && method !== 'L2') throw new LobError('LOB_BAD_OPTION', `Option method: expected L1, L2 or L3, got ${String(method)}.`)
  if (smoothingRows !== undefined) throw new LobError('LOB_BAD_OPTION', `Option smoothingRows: expected none, ${method} averages over rows.`)
  return rows
}
