import type { Feature } from '../contracts/feature.js'
import { rollingSum, type RollingSum } from '../numeric/rolling-sum.js'
import { defineVectorFeature } from './define-feature.js'
import type { QueueAheadOptions } from './queue-ahead.js'
import { behindShare, type QueueModel } from './queue-estimate.js'
import { rollingClock } from './rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'
import { virtualOrder, type VirtualOrder } from './virtual-order.js'

export type QueuePositionChangeOptions = RollingSpan & QueueAheadOptions

/**
 * How far the imagined orders of `queueAhead` moved forward over a rolling window: the speed of each best queue.
 *
 *   sum over the window's rows of (front before - front), rows at which the order joined left out
 *
 * Unit: lots, 0 or more. Shape: [bid, ask], columns `bid_queue_advance_<model>_<span>` and `ask_queue_advance_<model>_<span>`. The part of a fill beyond the front counts 0.
 * The window is the last `ticks` rows or (t - `micros`, t] of `tsLocal`. NaN until it has covered its span, and while the book is crossed or not
 * synced. Cost: as `queueAhead`, memory O(window).
 *
 * @throws {LobError} LOB_BAD_OPTION where the model is unknown, or not exactly one of `ticks` and `micros` is an integer of 1 or more.
 * @example
 * queuePositionChange({ model: 'log', micros: 10_000_000 }) // columns bid_queue_advance_log_10s, ask_queue_advance_log_10s
 */
export function queuePositionChange<const Options extends QueuePositionChangeOptions>(
  options: Options,
): Feature<`${'bid' | 'ask'}_queue_advance_${Options['model']}_${SpanName<Options>}`> {
  const { exponent = 2 } = options
  const model: QueueModel | 'exact' = options.model
  const share = model === 'exact' ? model : behindShare({ model, exponent })
  const span = rollingSpan<Options>(options)
  const name = `${model as Options['model']}_${span.name}` as const
  return defineVectorFeature({
    name: `queue_position_change_${name}`,
    columns: [
      { name: `bid_queue_advance_${name}`, unit: 'lots' },
      { name: `ask_queue_advance_${name}`, unit: 'lots' },
    ],
    depth: 1,
    options: { model, exponent, ...span.options },
    init: () => ({ clock: rollingClock.init(span), bid: virtualOrder.init(), ask: virtualOrder.init(), bids: rollingSum.init(), asks: rollingSum.init() }),
    standsUntil: ({ clock, bids, asks }) => Math.min(rollingClock.until(clock, bids.entries), rollingClock.until(clock, asks.entries)),
    step: ({ clock, bid, ask, bids, asks }, tick, out, at) => {
      const now = rollingClock.advance(clock, tick)
      const bidBefore = bid.place.front
      const askBefore = ask.place.front
      virtualOrder.step(bid, tick, 1, share)
      virtualOrder.step(ask, tick, -1, share)
      const covered = rollingClock.covered(clock)
      const bidMoved = roll(bids, now, rollingClock.left(clock), bid, bidBefore)
      const askMoved = roll(asks, now, rollingClock.left(clock), ask, askBefore)
      out[at] = covered ? bidMoved : NaN
      out[at + 1] = covered ? askMoved : NaN
    },
  })
}

function roll(sum: RollingSum, now: number, left: number, { joined, place }: VirtualOrder, before: number): number {
  rollingSum.evict(sum, left)
  const moved = before - Math.max(place.front, 0)
  if (!joined && moved > 0) rollingSum.push(sum, now, moved)
  return rollingSum.total(sum)
}
