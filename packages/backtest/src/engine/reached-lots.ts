import type { Lots } from '@rxlob/core'
import type { QueueModel, QueueState } from '../queue/queue-model.js'

/**
 * Lots of a trade at an order's price that get through the queue to it; moves its place.
 *
 * @param model Left out: places are exact, from the orders of the data.
 * @param lots Of the whole trade.
 * @param left What orders of ours before this one have left of it.
 * @param behind The trade was with an order that came after ours: then ours was reached before.
 */
export function reachedLots(order: QueueState, model: QueueModel | undefined, lots: Lots, left: Lots, behind: boolean): Lots {
  if (model === undefined) {
    if (behind) return left
    const through = lots - order.ahead
    order.ahead = Math.max(0, order.ahead - lots)
    return Math.max(0, through)
  }
  model.trade(order, left)
  const through = Math.round(-order.ahead)
  // What is less than half a lot beyond us waits for the next trade.
  if (through <= 0) return 0
  order.ahead = 0
  return through
}
