import type { Tick } from '../book/tick.js'
import { rollingSum, type RollingSum } from '../numeric/rolling-sum.js'
import type { Lots, Micros } from '../units.js'
import { rollingClock, type RollingClock } from './rolling-clock.js'
import type { CheckedSpan } from './rolling-span.js'

/** Order flow summed over a rolling window: plain data. */
export interface FlowWindow {
  readonly clock: RollingClock
  readonly flows: RollingSum
  /** The row that was the last to have a flow, 0 or not. */
  last: Micros
}

export const flowWindow = {
  init: (span: CheckedSpan): FlowWindow => ({ clock: rollingClock.init(span), flows: rollingSum.init(), last: NaN }),

  /** NaN until the window has covered its span, and while it holds no row with a flow. */
  step(window: FlowWindow, tick: Tick, flow: Lots): Lots {
    const { clock, flows } = window
    const now = rollingClock.advance(clock, tick)
    rollingSum.evict(flows, rollingClock.left(clock))
    // Of rows without a flow only the time of the last one is kept.
    if (!Number.isNaN(flow)) window.last = now
    if (Math.abs(flow) > 0) rollingSum.push(flows, now, flow)
    return rollingClock.covered(clock) && window.last > rollingClock.left(clock) ? rollingSum.total(flows) : NaN
  },
} as const
