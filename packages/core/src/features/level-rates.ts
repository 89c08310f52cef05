import type { Feature } from '../contracts/feature.js'
import { ring } from '../numeric/ring.js'
import { integerOption } from '../option-range.js'
import type { Ticks } from '../units.js'
import { defineVectorFeature } from './define-feature.js'
import { levelEvents, type LevelRateName } from './level-events.js'
import { rollingClock } from './rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'
import { windowMicros } from './window-micros.js'

export type LevelRatesOptions = RollingSpan & {
  /** How many distances, 1 tick each, from the opposite best price; 1 or more. */
  readonly distances: Ticks
}

/**
 * Arrivals and cancellations of limit orders per second by their distance from the opposite best price, and market orders, over a rolling window.
 *
 *   rate(i) = N(i) / T,  i = 1 .. distances ticks between the price and the best price of the other side
 *
 * Unit: per-second. Shape: columns `bid_add_rate_at_<i>_<span>`, then `ask_add_`, `bid_cancel_` and `ask_cancel_` likewise, `market_buy_rate_<span>` and
 * `market_sell_rate_<span>`. T is `micros`, or the time since the row before the window's `ticks` rows. The distance is that after the event; where the
 * other side is empty, nothing counts. Else as `arrivalRates`: exact by order, lower bounds from totals (L2). Standard error: sqrt(N) / T.
 * The window is the last `ticks` rows or (t - `micros`, t] of `tsLocal`. NaN until it has covered its span, where no time has passed, and while the book is
 * crossed or not synced. Cost: O(changed levels + distances) an event amortised, memory O(window).
 *
 * @throws {LobError} LOB_BAD_OPTION where `distances` or exactly one of `ticks` and `micros` is not an integer of 1 or more.
 * @see Cont, Stoikov and Talreja (2010), Operations Research 58(3), section 2.2
 * @example
 * levelRates({ distances: 5, micros: 60_000_000 }) // columns bid_add_rate_at_1_60s, ...
 */
export function levelRates<const Options extends LevelRatesOptions>(options: Options): Feature<LevelRateName<SpanName<Options>>> {
  const distances = integerOption('distances', options.distances, 1)
  const span = rollingSpan<Options>(options)
  const columns = levelEvents.columns(distances, span.name)
  return defineVectorFeature({
    name: `level_rates_${distances}_${span.name}`,
    columns,
    depth: 1,
    options: { distances, ...span.options },
    init: () => ({ clock: rollingClock.init(span), events: levelEvents.init(distances), times: ring.init(), entries: ring.init(), held: new Float64Array(columns.length) }),
    step: ({ clock, events, times, entries, held }, tick, out, at) => {
      const now = rollingClock.advance(clock, tick)
      const left = rollingClock.left(clock)
      const elapsed = windowMicros(span, clock, times, tick)
      for (; ring.firstKey(entries) <= left; ring.shift(entries)) held[ring.firstValue(entries)]! -= 1
      levelEvents.read(events, tick)
      for (let hit = 0; hit < events.length; hit++) {
        const cell = events.cells[hit]!
        for (let n = events.counts[cell]!; n > 0; n--) ring.push(entries, now, cell)
        held[cell]! += events.counts[cell]!
      }
      const seconds = elapsed > 0 ? elapsed / 1e6 : NaN
      for (let cell = 0; cell < held.length; cell++) out[at + cell] = held[cell]! / seconds
    },
  })
}
