import type { Feature } from '../contracts/feature.js'
import { integerOption } from '../option-range.js'
import type { Micros, Ticks } from '../units.js'
import { defineVectorFeature } from './define-feature.js'
import { levelEvents, type LevelRateName } from './level-events.js'
import { rollingSpan, type SpanName } from './rolling-span.js'

export interface DecayingLevelRatesOptions<Tau extends Micros = Micros> {
  /** How many distances, 1 tick each, from the opposite best price; 1 or more. */
  readonly distances: Ticks
  /** Time in which the weight of an event falls to 1 / e, 1 or more. */
  readonly tauMicros: Tau
}

/**
 * As `levelRates`, with weights that decay instead of a window that ends.
 *
 *   rate = A / tau,  A <- A exp(-dt / tau) + 1 at each event of the kind
 *
 * Unit: per-second. Shape: the columns of `levelRates` with `decay_<tau>` for the span: `bid_add_rate_at_<i>_decay_<tau>`, ....
 * Time is `tsLocal`. NaN until `tauMicros` have passed since the first row (the sum starts from nothing, so the first rates are low by 1 / e at most),
 * and while the book is crossed or not synced. Cost: O(changed levels + distances) an event, no window.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is not an integer of 1 or more.
 * @see Cont, Stoikov and Talreja (2010), Operations Research 58(3), section 2.2, for the rates
 * @example
 * decayingLevelRates({ distances: 5, tauMicros: 10_000_000 }) // columns bid_add_rate_at_1_decay_10s, ...
 */
export function decayingLevelRates<const Tau extends Micros>(
  options: DecayingLevelRatesOptions<Tau>,
): Feature<LevelRateName<`decay_${SpanName<{ readonly micros: Tau }>}`>> {
  const distances = integerOption('distances', options.distances, 1)
  const tau = integerOption('tauMicros', options.tauMicros, 1)
  const { name } = rollingSpan({ micros: options.tauMicros })
  const columns = levelEvents.columns(distances, `decay_${name}`)
  return defineVectorFeature({
    name: `decaying_level_rates_${distances}_${name}`,
    columns,
    depth: 1,
    options: { distances, tauMicros: tau },
    init: () => ({ events: levelEvents.init(distances), held: new Float64Array(columns.length), first: NaN, now: NaN }),
    step: (state, tick, out, at) => {
      const { events, held } = state
      if (Number.isNaN(state.first)) state.first = state.now = tick.tsLocal
      const decay = Math.exp((state.now - tick.tsLocal) / tau)
      state.now = tick.tsLocal
      levelEvents.read(events, tick)
      const seconds = state.now - state.first >= tau ? tau / 1e6 : NaN
      for (let cell = 0; cell < held.length; cell++) {
        held[cell] = held[cell]! * decay + events.counts[cell]!
        out[at + cell] = held[cell]! / seconds
      }
    },
  })
}
