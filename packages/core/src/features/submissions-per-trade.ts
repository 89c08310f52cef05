import type { Feature } from '../contracts/feature.js'
import { rollingSum } from '../numeric/rolling-sum.js'
import { defineFeature } from './define-feature.js'
import { queueFlow } from './queue-flow.js'
import { rollingClock } from './rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'

/**
 * Orders submitted for each execution over a rolling window (order-to-trade ratio), both sides and all visible levels together.
 *
 *   N_submitted / N_executed
 *
 * Unit: ratio, 0 or more. Column `submissions_per_trade_<span>`. Executions are `regular` trades: one for each resting order hit where the feed gives
 * orders. Submissions are exact there; where it gives totals (L2) they are lower bounds. The window is the last `ticks` rows or (t - `micros`, t] of `tsLocal`.
 * NaN until the window has covered its span, where nothing traded in it, and while the book is crossed or not synced
 * (what happens meanwhile is not counted). Cost: O(changed levels) an event amortised, memory O(window).
 *
 * @throws {LobError} LOB_BAD_OPTION where not exactly one of `ticks` and `micros` is an integer of 1 or more.
 * @example
 * submissionsPerTrade({ ticks: 500 }) // column submissions_per_trade_500
 */
export function submissionsPerTrade<const Span extends RollingSpan>(options: Span): Feature<`submissions_per_trade_${SpanName<Span>}`> {
  const span = rollingSpan(options)
  return defineFeature({
    name: `submissions_per_trade_${span.name}`,
    unit: 'ratio',
    depth: 1,
    options: span.options,
    init: () => ({ clock: rollingClock.init(span), flow: queueFlow.init(), submitted: rollingSum.init(), executed: rollingSum.init() }),
    step: ({ clock, flow, submitted, executed }, tick) => {
      const now = rollingClock.advance(clock, tick)
      rollingSum.evict(submitted, rollingClock.left(clock))
      rollingSum.evict(executed, rollingClock.left(clock))
      queueFlow.read(flow, tick)
      const adds = flow.adds[0]! + flow.adds[1]!
      if (adds > 0) rollingSum.push(submitted, now, adds)
      if (tick.tradePrint === 'regular') rollingSum.push(executed, now, 1)
      return rollingClock.covered(clock) && executed.entries.length > 0 ? rollingSum.total(submitted) / rollingSum.total(executed) : NaN
    },
  })
}
