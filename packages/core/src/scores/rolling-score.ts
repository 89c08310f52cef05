import type { Feature } from '../contracts/feature.js'
import { rollingClock, type RollingClock } from '../features/rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from '../features/rolling-span.js'
import { rollingVariance, type RollingVariance } from '../features/rolling-variance.js'
import { rollingSum } from '../numeric/rolling-sum.js'
import { scoreFeature } from './score-feature.js'

/** Plain data. Values are kept less the first one: of prices only the small part remains, and its squares keep their digits. */
interface RollingScoreState {
  readonly clock: RollingClock
  readonly seen: RollingVariance
  origin: number
}

/**
 * Every column of a feature as its distance from the mean of the rows before, in their standard deviations, over a rolling window.
 *
 *   z(t) = (x(t) - mean) / sd over the window's rows before t (n - 1)
 *
 * Unit: ratio. Columns `<column>_z_<span>`. The window is the `ticks` rows before this one, or those with `tsLocal` in (t - `micros`, t] before it; NaN values
 * are left out. Nothing of the row itself or of what follows is in the mean: the score is the same live. NaN until the window has covered its span,
 * where fewer than two values are in it or all are equal, and where the value is. Cost: O(columns) an event amortised, memory O(window columns).
 *
 * @throws {LobError} LOB_BAD_OPTION where not exactly one of `ticks` and `micros` is an integer of 1 or more.
 * @example
 * rollingScore(spread(), { ticks: 1000 }) // column spread_z_1000
 */
export function rollingScore<const Name extends string, const Span extends RollingSpan>(feature: Feature<Name>, options: Span): Feature<`${Name}_z_${SpanName<Span>}`> {
  const span = rollingSpan(options)
  return scoreFeature(feature, {
    suffix: `z_${span.name}`,
    options: span.options,
    init: (): RollingScoreState => ({ clock: rollingClock.init(span), seen: rollingVariance.init(), origin: NaN }),
    step(state, value, tick) {
      const { clock, seen } = state
      const covered = !Number.isNaN(clock.now) && rollingClock.covered(clock)
      const now = rollingClock.advance(clock, tick)
      // By rows the row before counts as the newest: one row less has left.
      const left = span.byTime ? rollingClock.left(clock) : rollingClock.left(clock) - 1
      rollingSum.evict(seen.values, left)
      rollingSum.evict(seen.squares, left)
      if (Number.isNaN(state.origin)) state.origin = value
      const distance = value - state.origin
      const count = seen.values.entries.length
      const scale = count > 1 ? Math.sqrt(rollingVariance.sample(seen)) : 0
      const isCovered = span.byTime ? rollingClock.covered(clock) : covered
      const score = isCovered && scale > 0 ? (distance - rollingSum.total(seen.values) / count) / scale : NaN
      if (!Number.isNaN(distance)) rollingVariance.push(seen, now, left, distance)
      return score
    },
  })
}
