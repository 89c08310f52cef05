import type { Fitted } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import type { InstrumentId } from '../instrument.js'
import { hawkesLikelihood } from '../numeric/hawkes-likelihood.js'
import { numberOption } from '../option-range.js'
import type { Micros } from '../units.js'

/** lambda_c(t) = mu_c + sum over d of alpha_cd sum over events of type d before t of exp(-beta (t - t_j)), all per second. */
export interface HawkesParameters {
  readonly mu: readonly number[]
  /** By excited type, then by exciting type. */
  readonly alpha: readonly (readonly number[])[]
  readonly beta: number
  readonly logLikelihood: number
  /** Largest eigenvalue of alpha / beta: events that one event brings about, 0 or more. Stationary below 1. */
  readonly branchingRatio: number
}

export interface FitHawkesOptions {
  readonly instrument: InstrumentId
  /** The interval that was watched: every event in it is given. */
  readonly from: Micros
  readonly to: Micros
  /** Decays that are tried, per second, lowest and highest. Default 0.01 to 1000. */
  readonly betaRange?: readonly [lowest: number, highest: number]
}

/**
 * A Hawkes process with one exponential decay for several types of events, by maximum likelihood.
 *
 *   log-likelihood = sum over events of ln lambda(t_i-) - integral over the interval of lambda
 *
 * `times` holds one list a type, in microseconds within [from, to], ascending: `[buys, sells]` for `hawkesIntensity`. At a given decay the likelihood is concave in the rest
 * and climbed by expectation maximisation; the decay is found by golden section on its logarithm within the best part of the range.
 * Simultaneous events do not excite each other: thin the fills of one market order to one. Cost: some thousand passes over the events.
 *
 * @throws {LobError} LOB_BAD_OPTION where there is no event, times are not ascending within the interval, or the range is not one.
 * @see Hawkes (1971), Biometrika 58(1); Veen and Schoenberg (2008), J. American Statistical Association 103(482), for the climb
 */
export function fitHawkes(times: readonly ArrayLike<Micros>[], options: FitHawkesOptions): Fitted<HawkesParameters> {
  const { instrument, from, to, betaRange = [0.01, 1000] } = options
  const low = numberOption('betaRange', betaRange[0], 1e-9, 1e9)
  const high = numberOption('betaRange', betaRange[1], low, 1e9)
  const rows = times.reduce((sum, list) => sum + list.length, 0)
  if (rows === 0 || !(to > from)) throw new LobError('LOB_BAD_OPTION', `Expected one event or more in an interval that lasts, got ${rows} from ${from} to ${to}.`)
  for (const list of times) {
    const wrong = Array.from(list).findIndex((time, at) => !(time >= (at === 0 ? from : list[at - 1]!) && time <= to))
    if (wrong >= 0) throw new LobError('LOB_BAD_OPTION', `Expected times ascending from ${from} to ${to}, got ${list[wrong]} at ${wrong}.`)
  }
  const seconds = times.map((list) => Float64Array.from(list, (time) => (time - from) / 1e6))
  const at = (logBeta: number): ReturnType<typeof hawkesLikelihood.climb> => hawkesLikelihood.climb(seconds, (to - from) / 1e6, Math.exp(logBeta))
  const steps = 12
  const grid = Array.from({ length: steps + 1 }, (_, step) => Math.log(low) + (step / steps) * (Math.log(high) - Math.log(low)))
  const heights = grid.map((logBeta) => at(logBeta).logLikelihood)
  const best = heights.indexOf(Math.max(...heights))
  let [left, right] = [grid[Math.max(best - 1, 0)]!, grid[Math.min(best + 1, steps)]!]
  const golden = (Math.sqrt(5) - 1) / 2
  while (right - left > 1e-7) {
    const [a, b] = [right - golden * (right - left), left + golden * (right - left)]
    if (at(a).logLikelihood < at(b).logLikelihood) left = a
    else right = b
  }
  return { parameters: { ...at((left + right) / 2), beta: Math.exp((left + right) / 2) }, instrument, from, to, rows }
}
