import type { Column, Feature } from '../contracts/feature.js'
import { ring } from '../numeric/ring.js'
import { rollingSum } from '../numeric/rolling-sum.js'
import { defineVectorFeature } from './define-feature.js'
import { queueFlow } from './queue-flow.js'
import { rollingClock } from './rolling-clock.js'
import { rollingSpan, type RollingSpan, type SpanName } from './rolling-span.js'
import { windowMicros } from './window-micros.js'

const kinds = ['bid_add', 'ask_add', 'bid_cancel', 'ask_cancel', 'market_buy', 'market_sell'] as const

type Names<Span extends RollingSpan> = `${(typeof kinds)[number]}_rate_${SpanName<Span>}`

/**
 * Arrivals of limit orders, cancellations and market orders per second over a rolling window, each side apart.
 *
 *   rate = N / T
 *
 * Unit: per-second. Shape: [bid added, ask added, bid cancelled, ask cancelled, bought, sold], columns `bid_add_rate_<span>`,
 * `ask_add_rate_`, `bid_cancel_rate_`, `ask_cancel_rate_`, `market_buy_rate_` and `market_sell_rate_<span>`.
 * T is `micros`, or the time since the row before the window's `ticks` rows. Market orders are counted by their `regular` executions:
 * one for each resting order hit where the feed gives orders, one for each trade otherwise; an unknown taker is not counted.
 * The window is the last `ticks` rows or (t - `micros`, t] of `tsLocal`. Standard error of a Poisson rate: sqrt(N) / T.
 * Additions and cancellations are exact where the feed gives orders, lower bounds from net changes where it gives totals (L2).
 * NaN until the window has covered its span, where no time has passed, and while the book is crossed or not synced
 * (what arrives meanwhile is not counted). Cost: O(changed levels) an event amortised, memory O(window).
 *
 * @throws {LobError} LOB_BAD_OPTION where not exactly one of `ticks` and `micros` is an integer of 1 or more.
 * @see Cont, Stoikov and Talreja (2010), Operations Research 58(3), section 2.2
 * @example
 * arrivalRates({ micros: 60_000_000 }) // columns bid_add_rate_60s, ...
 */
export function arrivalRates<const Span extends RollingSpan>(options: Span): Feature<Names<Span>> {
  const span = rollingSpan(options)
  return defineVectorFeature({
    name: `arrival_rates_${span.name}`,
    columns: kinds.map((kind): Column<Names<Span>> => ({ name: `${kind}_rate_${span.name}`, unit: 'per-second' })),
    depth: 1,
    options: span.options,
    init: () => ({
      clock: rollingClock.init(span),
      flow: queueFlow.init(),
      times: ring.init(),
      counts: new Float64Array(kinds.length),
      sums: kinds.map(() => rollingSum.init()),
    }),
    step: ({ clock, flow, times, counts, sums }, tick, out, at) => {
      const now = rollingClock.advance(clock, tick)
      const left = rollingClock.left(clock)
      const elapsed = windowMicros(span, clock, times, tick)
      queueFlow.read(flow, tick)
      counts[0] = flow.adds[0]!
      counts[1] = flow.adds[1]!
      counts[2] = flow.cancels[0]!
      counts[3] = flow.cancels[1]!
      counts[4] = tick.tradePrint === 'regular' && tick.tradeLots > 0 ? 1 : 0
      counts[5] = tick.tradePrint === 'regular' && tick.tradeLots < 0 ? 1 : 0
      for (let kind = 0; kind < counts.length; kind++) {
        const sum = sums[kind]!
        rollingSum.evict(sum, left)
        if (counts[kind]! > 0) rollingSum.push(sum, now, counts[kind]!)
        out[at + kind] = elapsed > 0 ? rollingSum.total(sum) / (elapsed / 1e6) : NaN
      }
    },
  })
}
