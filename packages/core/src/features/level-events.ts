import type { Tick } from '../book/tick.js'
import type { Column } from '../contracts/feature.js'
import { lotsMoved } from './lots-moved.js'
import { pendingTrades, type PendingTrades } from './pending-trades.js'

/** What one event did, by kind and distance: plain data. */
export interface LevelEvents {
  readonly distances: number
  readonly traded: PendingTrades
  /** Bid arrivals at 1, 2, ... ticks from the best ask, ask arrivals, bid cancellations, ask cancellations; then one market buy and one market sell. */
  readonly counts: Float64Array
  /** Which of the counts are not 0, the first `length` of them. */
  readonly cells: Int32Array
  length: number
}

/** Names of the rates' columns. */
export type LevelRateName<Tail extends string> = `${(typeof kinds)[number]}_rate_at_${number}_${Tail}` | `market_${'buy' | 'sell'}_rate_${Tail}`

const kinds = ['bid_add', 'ask_add', 'bid_cancel', 'ask_cancel'] as const

/** Arrivals, cancellations and market orders of one event by distance from the opposite best price, in ticks. Further ones do not count. */
export const levelEvents = {
  init: (distances: number): LevelEvents => ({ distances, traded: pendingTrades.init(), counts: new Float64Array(4 * distances + 2), cells: new Int32Array(4 * distances + 2), length: 0 }),

  columns: <const Tail extends string>(distances: number, tail: Tail): Column<LevelRateName<Tail>>[] => [
    ...kinds.flatMap((kind) => Array.from({ length: distances }, (_, at) => ({ name: `${kind}_rate_at_${at + 1}_${tail}` as const, unit: 'per-second' as const }))),
    ...(['market_buy', 'market_sell'] as const).map((kind) => ({ name: `${kind}_rate_${tail}` as const, unit: 'per-second' as const })),
  ],

  read(events: LevelEvents, tick: Tick): void {
    const { distances, traded, counts, cells } = events
    while (events.length > 0) counts[cells[--events.length]!] = 0
    pendingTrades.see(traded, tick)
    const { changes, book } = tick
    for (let row = 0; row < changes.length; row++) {
      const moved = lotsMoved(traded, changes, row)
      if (moved === 0) continue
      const side = changes.side(row)
      const distance = side === 1 ? book.askTicks(0) - changes.ticks(row) : changes.ticks(row) - book.bidTicks(0)
      if (!(distance >= 1 && distance <= distances)) continue
      count(events, (moved > 0 ? 0 : 2 * distances) + (side === 1 ? 0 : distances) + distance - 1)
    }
    if (tick.tradePrint !== 'regular') return
    if (tick.tradeLots > 0) count(events, 4 * distances)
    else if (tick.tradeLots < 0) count(events, 4 * distances + 1)
  },
} as const

function count(events: LevelEvents, cell: number): void {
  if (events.counts[cell] === 0) events.cells[events.length++] = cell
  events.counts[cell]! += 1
}
