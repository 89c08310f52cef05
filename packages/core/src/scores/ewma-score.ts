import type { Feature } from '../contracts/feature.js'
import { rollingSpan, type SpanName } from '../features/rolling-span.js'
import type { Micros } from '../units.js'
import { scoreFeature } from './score-feature.js'

export interface EwmaScoreOptions<Tau extends Micros = Micros> {
  /** Time in which the weight of a value falls to 1 / e, 1 or more. */
  readonly tauMicros: Tau
}

/** Plain data. */
interface EwmaScoreState {
  first: number
  now: number
  mean: number
  variance: number
}

/**
 * Every column of a feature as its distance from the exponentially weighted mean of the rows before, in their standard deviations.
 *
 *   z(t) = (x(t) - m) / sqrt(v), then w = exp(-dt / tau): v <- w (v + (1 - w) (x - m)^2), m <- m + (1 - w) (x - m)
 *
 * Unit: ratio. Columns `<column>_z_ewma_<tau>`. dt is the `tsLocal` since the value before; rows at one time leave m and v as they are. NaN values are passed over.
 * Nothing of the row itself or of what follows is in m and v: the score is the same live. NaN until `tauMicros` have passed since the first value,
 * where v is 0, and where the value is NaN. Cost: O(columns) an event, no window.
 *
 * @throws {LobError} LOB_BAD_OPTION where `tauMicros` is not an integer of 1 or more.
 * @see Finch (2009), Incremental calculation of weighted mean and variance, equations 124 and 143
 * @example
 * ewmaScore(spread(), { tauMicros: 60_000_000 }) // column spread_z_ewma_60s
 */
export function ewmaScore<const Name extends string, const Tau extends Micros>(
  feature: Feature<Name>,
  options: EwmaScoreOptions<Tau>,
): Feature<`${Name}_z_ewma_${SpanName<{ readonly micros: Tau }>}`> {
  const { name, length: tau } = rollingSpan({ micros: options.tauMicros })
  return scoreFeature(feature, {
    suffix: `z_ewma_${name}`,
    options: { tauMicros: tau },
    init: (): EwmaScoreState => ({ first: NaN, now: NaN, mean: NaN, variance: 0 }),
    step(state, value, { tsLocal }) {
      if (Number.isNaN(value)) return NaN
      if (Number.isNaN(state.first)) {
        state.first = state.now = tsLocal
        state.mean = value
        return NaN
      }
      const distance = value - state.mean
      const score = tsLocal - state.first >= tau && state.variance > 0 ? distance / Math.sqrt(state.variance) : NaN
      const keep = Math.exp((state.now - tsLocal) / tau)
      state.variance = keep * (state.variance + (1 - keep) * distance * distance)
      state.mean += (1 - keep) * distance
      state.now = tsLocal
      return score
    },
  })
}
