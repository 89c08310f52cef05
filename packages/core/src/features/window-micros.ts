import type { Tick } from '../book/tick.js'
import { ring, type Ring } from '../numeric/ring.js'
import { rollingClock, type RollingClock } from './rolling-clock.js'
import type { CheckedSpan } from './rolling-span.js'

/**
 * Microseconds of `tsLocal` that a rolling window covers: its length, or from the row before its first to now.
 * NaN until it has covered its span. `times` holds the times of the rows of a window over rows. Cost: O(1) an event amortised.
 */
export function windowMicros(span: CheckedSpan, clock: RollingClock, times: Ring, tick: Tick): number {
  if (span.byTime) return rollingClock.covered(clock) ? span.length : NaN
  const left = rollingClock.left(clock)
  ring.push(times, clock.now, tick.tsLocal)
  while (ring.firstKey(times) < left) ring.shift(times)
  return ring.firstKey(times) === left ? tick.tsLocal - ring.firstValue(times) : NaN
}
