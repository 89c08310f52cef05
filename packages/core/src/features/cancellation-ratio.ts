import type { Feature } from '../contracts/feature.js'
import { rollingSum, type RollingSum } from '../numeric/rolling-sum.js'
import { defineVectorFeature } from './define-feature.js'
import { queueFlow } from './queue-flow.js'
import { rollingClock } from './rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'

type Names<Span extends RollingSpan> =
  | `cancels_per_submission_count_${SpanName<Span>}`
  | `cancels_per_submission_volume_${SpanName<Span>}`

/**
 * Cancellations per submission over a rolling window, both sides and all visible levels together.
 *
 *   count = N_cancelled / N_submitted,  volume = V_cancelled / V_submitted
 *
 * Unit: ratio, 0 or more. Shape: [count, volume], columns `cancels_per_submission_count_<span>` and
 * `cancels_per_submission_volume_<span>`. A partial cancellation counts as one, with the lots that it took.
 * The window is the last `ticks` rows or (t - `micros`, t] of `tsLocal`.
 * Exact where the feed gives orders. Where it gives totals (L2) both are estimates, from net changes of levels less the trades that
 * came before them: arrivals and cancellations that offset each other between two updates are not seen.
 * NaN until the window has covered its span, where nothing was submitted in it, and while the book is crossed or not synced
 * (what arrives meanwhile is not counted). Cost: O(changed levels) an event amortised, memory O(window).
 *
 * @throws {LobError} LOB_BAD_OPTION where not exactly one of `ticks` and `micros` is an integer of 1 or more.
 * @example
 * cancellationRatio({ ticks: 500 }) // columns cancels_per_submission_count_500, cancels_per_submission_volume_500
 */
export function cancellationRatio<const Span extends RollingSpan>(options: Span): Feature<Names<Span>> {
  const span = rollingSpan(options)
  return defineVectorFeature({
    name: `cancellation_ratio_${span.name}`,
    columns: [
      { name: `cancels_per_submission_count_${span.name}`, unit: 'ratio' },
      { name: `cancels_per_submission_volume_${span.name}`, unit: 'ratio' },
    ],
    depth: 1,
    options: span.options,
    init: () => ({
      clock: rollingClock.init(span),
      flow: queueFlow.init(),
      adds: rollingSum.init(),
      addedLots: rollingSum.init(),
      cancels: rollingSum.init(),
      cancelledLots: rollingSum.init(),
    }),
    step: ({ clock, flow, adds, addedLots, cancels, cancelledLots }, tick, out, at) => {
      const now = rollingClock.advance(clock, tick)
      const left = rollingClock.left(clock)
      queueFlow.read(flow, tick)
      const covered = rollingClock.covered(clock)
      const submitted = roll(adds, now, left, flow.adds)
      const submittedLots = roll(addedLots, now, left, flow.addedLots)
      const cancelled = roll(cancels, now, left, flow.cancels)
      const lotsCancelled = roll(cancelledLots, now, left, flow.cancelledLots)
      out[at] = covered && submitted > 0 ? cancelled / submitted : NaN
      out[at + 1] = covered && submitted > 0 ? lotsCancelled / submittedLots : NaN
    },
  })
}

function roll(sum: RollingSum, now: number, left: number, sides: Float64Array): number {
  const both = sides[0]! + sides[1]!
  rollingSum.evict(sum, left)
  if (both > 0) rollingSum.push(sum, now, both)
  return rollingSum.total(sum)
}
