import type { LevelChanges, Tick } from '../book/tick.js'
import { lotsMoved } from './lots-moved.js'
import { pendingTrades, type PendingTrades } from './pending-trades.js'

/** What the last event added to and cancelled from each side, [bid, ask]: plain data. */
export interface QueueFlow {
  readonly adds: Float64Array
  readonly addedLots: Float64Array
  readonly cancels: Float64Array
  readonly cancelledLots: Float64Array
  readonly traded: PendingTrades
}

/**
 * Arrivals and cancellations of one event, from its level changes.
 *
 * Exact where the feed gives orders; a replaced order counts as a cancellation where it left and an arrival where it went.
 * Where it gives totals (`set`) both are lower bounds: a level that grew counts as one arrival of the difference, one that shrank
 * as one cancellation of the difference less what traded there since its last change. `scroll`, `snapshot` and `fill` are neither.
 */
export const queueFlow = {
  init: (): QueueFlow => ({
    adds: new Float64Array(2),
    addedLots: new Float64Array(2),
    cancels: new Float64Array(2),
    cancelledLots: new Float64Array(2),
    traded: pendingTrades.init(),
  }),

  read(flow: QueueFlow, tick: Tick): void {
    // Not fill(): it costs more than all the rest for two numbers.
    for (let side = 0; side < 2; side++) flow.adds[side] = flow.addedLots[side] = flow.cancels[side] = flow.cancelledLots[side] = 0
    pendingTrades.see(flow.traded, tick)
    for (let row = 0; row < tick.changes.length; row++) readChange(flow, tick.changes, row)
  },
} as const

function readChange(flow: QueueFlow, changes: LevelChanges, row: number): void {
  const change = lotsMoved(flow.traded, changes, row)
  const at = changes.side(row) === 1 ? 0 : 1
  if (change > 0) {
    flow.adds[at]! += 1
    flow.addedLots[at]! += change
  } else if (change < 0) {
    flow.cancels[at]! += 1
    flow.cancelledLots[at]! -= change
  }
}
