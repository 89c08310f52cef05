import type { Labeler } from '../contracts/labeler.js'
import { numberOption } from '../option-range.js'
import { labelHorizon, type LabelHorizon } from './label-horizon.js'
import { pendingQuotes, type PendingQuotes } from './pending-quotes.js'

export type TradableMoveOptions = LabelHorizon & {
  /** Fees of both trades together, as a share of the price (0.001: ten basis points): 0 or more. Default 0. */
  readonly feesRatio?: number
}

/**
 * Whether a taker who crosses the spread now and again a horizon later earns more than the fees.
 *
 *   up: bid(t + horizon) / ask(t) - 1 > fees;  down: bid(t) / ask(t + horizon) - 1 > fees;  else flat
 *
 * The later quote is that of the row `rows` rows on, or of the last row at or before t + `micros` of `tsLocal`, which the first row after it settles.
 * Unit: classes 0 down, 1 flat, 2 up. Most rows are flat: that is what a spread means. Sizes and latency are not looked at.
 * A row whose quote, or whose later quote, lacks a side (or the book is crossed or not synced) has no target.
 * Cost: O(1) a row amortised, memory O(rows within the horizon).
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of its range.
 * @example
 * tradableMove({ micros: 1_000_000, feesRatio: 0.0004 }) // labeler tradable_move_1s
 */
export function tradableMove(options: TradableMoveOptions): Labeler {
  const horizon = labelHorizon(options)
  const fees = numberOption('feesRatio', options.feesRatio ?? 0, 0, Number.MAX_VALUE)
  return {
    name: `tradable_move_${horizon.name}`,
    output: { kind: 'classes', classes: ['down', 'flat', 'up'], horizon: horizon.output },
    init: () => pendingQuotes.init(),
    step(state: PendingQuotes, tick, emit) {
      pendingQuotes.step(state, tick, horizon, (rowsAgo, bid, ask, laterBid, laterAsk) => {
        const long = (laterBid - ask) / ask
        const short = (bid - laterAsk) / laterAsk
        emit(rowsAgo, Number.isNaN(long + short) ? NaN : long > fees ? 2 : short > fees ? 0 : 1)
      })
    },
  }
}
