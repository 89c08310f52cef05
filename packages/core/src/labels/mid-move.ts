import type { Fitted } from '../contracts/feature.js'
import type { Labeler } from '../contracts/labeler.js'
import type { Ticks } from '../units.js'
import type { MoveThreshold } from './fit-move-threshold.js'
import { labelHorizon, type LabelHorizon } from './label-horizon.js'
import { moveTarget } from './move-target.js'
import { pendingQuotes, type PendingQuotes } from './pending-quotes.js'

export type MidMoveOptions = LabelHorizon & {
  /** `classes` down, flat and up, or the `value` itself. Default `classes`. */
  readonly kind?: 'classes' | 'value'
  /** A move of at most so many ticks is flat: 0 or more, or fitted on training rows. Default 0; not for `value`. */
  readonly thresholdTicks?: Ticks | Fitted<MoveThreshold>
}

/**
 * Where the mid is a horizon later.
 *
 *   move(t) = mid(t + horizon) - mid(t);  up where move > threshold, down where move < -threshold, else flat
 *
 * The later mid is that of the row `rows` rows on, or of the last row at or before t + `micros` of `tsLocal`, which the first row after it settles.
 * Unit: classes 0 down, 1 flat, 2 up; as a value ticks, in halves.
 * A row whose mid, or whose later mid, is undefined (a side empty, the book crossed or not synced) has no target.
 * Cost: O(1) a row amortised, memory O(rows within the horizon).
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of its range, or `value` comes with a threshold.
 * @example
 * midMove({ rows: 10, thresholdTicks: 0.5 }) // labeler mid_move_10
 */
export function midMove(options: MidMoveOptions): Labeler {
  const horizon = labelHorizon(options)
  const { kind, thresholdTicks: threshold } = options
  const target = moveTarget({ kind, threshold, thresholdName: 'thresholdTicks', unit: 'ticks', horizon: horizon.output })
  return {
    name: `mid_move_${horizon.name}`,
    output: target.output,
    init: () => pendingQuotes.init(),
    step(state: PendingQuotes, tick, emit) {
      pendingQuotes.step(state, tick, horizon, (rowsAgo, bid, ask, laterBid, laterAsk) => {
        const move = (laterBid + laterAsk) / 2 - (bid + ask) / 2
        emit(rowsAgo, Number.isNaN(move) ? NaN : target.of(move))
      })
    },
  }
}
