import type { Feature } from '../contracts/feature.js'
import { defineVectorFeature } from './define-feature.js'
import { behindShare, type QueueModel } from './queue-estimate.js'
import { virtualOrder } from './virtual-order.js'

export interface QueueAheadOptions<Model extends QueueModel | 'exact' = QueueModel | 'exact'> {
  /** `exact` where the feed gives orders, else one of the models of `QueueModel`. */
  readonly model: Model
  /** Above 0, for the powers. Default 2. */
  readonly exponent?: number
}

/**
 * Lots ahead of an imagined order at each best price, which joined at the back when the price became the best and joins again once it is filled.
 *
 *   front <- front - traded - share of the cancelled that stood ahead (by the model, or exactly)
 *
 * Unit: lots, 0 or more. Shape: [bid, ask], columns `bid_queue_ahead_<model>` and `ask_queue_ahead_<model>`. `exact` asks the tick where each changed order stood and
 * is for feeds by order; from totals alone (L2) `pessimistic` is an upper bound and the others are guesses. Hidden trades move no queue.
 * NaN while the side is empty, and while the book is crossed or not synced. Cost: O(1) an event, `exact` O(orders ahead), no window.
 *
 * @throws {LobError} LOB_BAD_OPTION where the model is unknown or its exponent not above 0.
 * @see `QueueModel` for the models
 * @example
 * queueAhead({ model: 'power', exponent: 3 }) // columns bid_queue_ahead_power, ask_queue_ahead_power
 */
export function queueAhead<const Model extends QueueModel | 'exact'>(options: QueueAheadOptions<Model>): Feature<`${'bid' | 'ask'}_queue_ahead_${Model}`> {
  const { exponent = 2 } = options
  const model: QueueModel | 'exact' = options.model
  const share = model === 'exact' ? model : behindShare({ model, exponent })
  return defineVectorFeature({
    name: `queue_ahead_${model}`,
    columns: [
      { name: `bid_queue_ahead_${options.model}`, unit: 'lots' },
      { name: `ask_queue_ahead_${options.model}`, unit: 'lots' },
    ],
    depth: 1,
    options: { model, exponent },
    init: () => ({ bid: virtualOrder.init(), ask: virtualOrder.init() }),
    standsUntil: () => Infinity,
    step: ({ bid, ask }, tick, out, at) => {
      virtualOrder.step(bid, tick, 1, share)
      virtualOrder.step(ask, tick, -1, share)
      out[at] = Math.max(bid.place.front, 0)
      out[at + 1] = Math.max(ask.place.front, 0)
    },
  })
}
