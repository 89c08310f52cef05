import type { Feature } from '../contracts/feature.js'
import { rollingSum } from '../numeric/rolling-sum.js'
import { defineFeature } from './define-feature.js'
import { queueFlow } from './queue-flow.js'
import { rollingClock } from './rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'

/**
 * Cancelled lots as a share of all that left the book over a rolling window, both sides and all visible levels together.
 *
 *   V_cancelled / (V_cancelled + V_executed)
 *
 * Unit: ratio in [0, 1]. Column `cancel_share_of_removals_<span>`. Executed are the lots of `regular` trades. Exact where the feed gives orders;
 * where it gives totals (L2) cancellations are lower bounds, as in `cancellationRatio`. The window is the last `ticks` rows or (t - `micros`, t] of `tsLocal`.
 * NaN until the window has covered its span, where nothing left in it, and while the book is crossed or not synced
 * (what happens meanwhile is not counted). Cost: O(changed levels) an event amortised, memory O(window).
 *
 * @throws {LobError} LOB_BAD_OPTION where not exactly one of `ticks` and `micros` is an integer of 1 or more.
 * @example
 * cancelShareOfRemovals({ ticks: 500 }) // column cancel_share_of_removals_500
 */
export function cancelShareOfRemovals<const Span extends RollingSpan>(options: Span): Feature<`cancel_share_of_removals_${SpanName<Span>}`> {
  const span = rollingSpan(options)
  return defineFeature({
    name: `cancel_share_of_removals_${span.name}`,
    unit: 'ratio',
    depth: 1,
    options: span.options,
    init: () => ({ clock: rollingClock.init(span), flow: queueFlow.init(), cancelled: rollingSum.init(), executed: rollingSum.init() }),
    step: ({ clock, flow, cancelled, executed }, tick) => {
      const now = rollingClock.advance(clock, tick)
      rollingSum.evict(cancelled, rollingClock.left(clock))
      rollingSum.evict(executed, rollingClock.left(clock))
      queueFlow.read(flow, tick)
      const lots = flow.cancelledLots[0]! + flow.cancelledLots[1]!
      if (lots > 0) rollingSum.push(cancelled, now, lots)
      if (tick.tradePrint === 'regular') rollingSum.push(executed, now, tick.tradeSize)
      if (!rollingClock.covered(clock)) return NaN
      return rollingSum.total(cancelled) / (rollingSum.total(cancelled) + rollingSum.total(executed))
    },
  })
}
