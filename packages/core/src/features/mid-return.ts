import type { Feature } from '../contracts/feature.js'
import { ring } from '../numeric/ring.js'
import { defineFeature } from './define-feature.js'
import { midTicks } from './mid-ticks.js'
import { rollingClock } from './rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'

/**
 * Logarithmic return of the mid over a span that ends now.
 *
 *   ln(mid(t) / mid(t - span))
 *
 * Unit: log-return, positive where the mid has risen. Column `mid_return_<span>`. The earlier mid is the last defined one at or before
 * the row `ticks` rows ago, or at or before t - `micros` of `tsLocal`.
 * NaN where no mid is that old, where a mid is not positive, while a side is empty, and while the book is crossed or not synced.
 * Cost: O(1) an event amortised, memory O(window).
 *
 * @throws {LobError} LOB_BAD_OPTION where not exactly one of `ticks` and `micros` is an integer of 1 or more.
 * @example
 * midReturn({ micros: 1_000_000 }) // column mid_return_1s
 */
export function midReturn<const Span extends RollingSpan>(options: Span): Feature<`mid_return_${SpanName<Span>}`> {
  const span = rollingSpan(options)
  return defineFeature({
    name: `mid_return_${span.name}`,
    unit: 'log-return',
    depth: 1,
    options: span.options,
    init: () => ({ clock: rollingClock.init(span), mids: ring.init(), before: NaN, last: NaN }),
    standsUntil: ({ clock, mids }) => rollingClock.until(clock, mids),
    step: (state, tick) => {
      const { clock, mids } = state
      const now = rollingClock.advance(clock, tick)
      const mid = midTicks(tick.book)
      // Of a mid that stands the first row is enough.
      if (mid > 0 && mid !== state.last) {
        ring.push(mids, now, mid)
        state.last = mid
      }
      while (ring.firstKey(mids) <= rollingClock.left(clock)) {
        state.before = ring.firstValue(mids)
        ring.shift(mids)
      }
      // log1p of the exact difference: the quotient of two near prices would lose half its digits.
      return mid > 0 ? Math.log1p((mid - state.before) / state.before) : NaN
    },
  })
}
