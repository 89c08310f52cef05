import type { LevelChanges } from '../book/tick.js'
import type { Lots } from '../units.js'
import { pendingTrades, type PendingTrades } from './pending-trades.js'

/**
 * Lots that one change of a level added (above 0) or cancelled (below 0). `scroll`, `snapshot` and `fill` give 0; where the feed gives totals (`set`)
 * what traded there since its last change is not cancelled.
 */
export function lotsMoved(traded: PendingTrades, changes: LevelChanges, row: number): Lots {
  const cause = changes.cause(row)
  if (cause === 'scroll' || cause === 'snapshot' || cause === 'fill') return 0
  const change = changes.lotsAfter(row) - changes.lotsBefore(row)
  const filled = cause === 'set' && traded.length > 0 ? pendingTrades.take(traded, changes.side(row), changes.ticks(row)) : 0
  return change > 0 ? change : Math.min(change + filled, 0)
}
