import type { Fitted } from '../contracts/feature.js'
import { LobError } from '../errors.js'
import { kolmogorov, type KolmogorovTest } from '../numeric/kolmogorov.js'
import type { Micros } from '../units.js'
import type { HawkesParameters } from './fit-hawkes.js'

/** How well a Hawkes process describes the events of one type. */
export interface HawkesResiduals extends KolmogorovTest {
  /** Time from event to event on the clock that ticks with the intensity: exponential with mean 1 if the process made them. */
  readonly increments: Float64Array
}

/**
 * The residual test of a Hawkes fit: on the clock of its own intensity the events of each type must come as a Poisson process of rate 1.
 *
 *   increment_i = integral of lambda_c from event i - 1 to event i of type c;  Kolmogorov and Smirnov against 1 - exp(-x)
 *
 * One entry a type, in the order of `times`. A small `p` says that the process did not make these events. Give events that the fit has not seen: on its own ones p is too large.
 * The first increment starts at `from`, where nothing before it is known to have happened. Cost: O(events types).
 *
 * @param times Ascending times, one list a type, as `fitHawkes` takes them; several at one time do not excite each other.
 * @throws {LobError} LOB_BAD_OPTION where there are not as many lists as the fit has types, or a list does not ascend from `from` on.
 * @see Ogata (1988), J. American Statistical Association 83(401), section 4.2; Papangelou (1972), Transactions of the AMS 165
 * @example
 * hawkesResiduals([buys, sells], fitHawkes([buys, sells], { instrument, from, to }), { from }) // p of buys and of sells
 */
export function hawkesResiduals(times: readonly ArrayLike<Micros>[], fitted: Fitted<HawkesParameters>, { from }: { readonly from: Micros }): HawkesResiduals[] {
  const { mu, alpha, beta } = fitted.parameters
  if (times.length !== mu.length) throw new LobError('LOB_BAD_OPTION', `Expected times of ${mu.length} types, as the fit has, got ${times.length}.`)
  const events = times.flatMap((list, type) => Array.from(list, (time, at) => {
    if (time >= (at === 0 ? from : list[at - 1]!)) return { time, type }
    throw new LobError('LOB_BAD_OPTION', `Expected times ascending from ${from}, got ${String(time)} at ${at}.`)
  })).sort((a, b) => a.time - b.time)
  // By type: what is left of its events, those of the time under way, and the intensity's integral since its own last event.
  const held = mu.map(() => 0)
  const waiting = mu.map(() => 0)
  const passed = mu.map(() => 0)
  const increments = mu.map((): number[] => [])
  let last = from
  for (const { time, type } of events) {
    if (time > last) {
      const seconds = (time - last) / 1e6
      const gone = -Math.expm1(-beta * seconds)
      held.forEach((_, d) => (held[d]! += waiting[d]!))
      mu.forEach((rate, c) => (passed[c]! += rate * seconds + held.reduce((sum, left, d) => sum + (alpha[c]![d]! * left * gone) / beta, 0)))
      held.forEach((left, d) => (held[d] = left * (1 - gone)))
      waiting.fill(0)
      last = time
    }
    increments[type]!.push(passed[type]!)
    passed[type] = 0
    waiting[type]!++
  }
  return increments.map((list) => ({ increments: Float64Array.from(list), ...kolmogorov(list, (x) => -Math.expm1(-x)) }))
}
