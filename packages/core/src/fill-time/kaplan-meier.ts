import { LobError } from '../errors.js'

/** A step of a survival curve. */
export interface SurvivalStep {
  readonly time: number
  /** Share that is not filled at `time`. */
  readonly survival: number
  /** Greenwood's standard error of `survival`. */
  readonly standardError: number
  /** Not filled and not censored just before `time`. */
  readonly atRisk: number
  readonly filled: number
}

/**
 * Share of orders that are not filled yet, by time since they were placed; those cancelled before are censored.
 *
 *   S(t) = product over t_i <= t of (1 - d_i / n_i);  standard error S(t) sqrt(sum of d_i / (n_i (n_i - d_i)))
 *
 * `times` holds one time an order, in any unit, 0 or more; `filled` says whether it ended by a fill (else it was cancelled or is still open). A cancellation
 * at the time of a fill counts as after it. One step for each time at which something filled; the curve is 1 before the first.
 *
 * DANGER: censoring is assumed to say nothing about the fill that did not come. Traders cancel when the market moves away, so curves of observed orders are biased; prefer hypothetical orders at the end of the queue.
 *
 * @throws {LobError} LOB_BAD_OPTION where the lengths differ or a time is not a number of 0 or more.
 * @see Kaplan and Meier (1958), J. American Statistical Association 53(282)
 */
export function kaplanMeier(times: ArrayLike<number>, filled: ArrayLike<boolean | number>): SurvivalStep[] {
  checkTimes(times, filled)
  const order = Array.from(times, (_, at) => at).sort((a, b) => times[a]! - times[b]!)
  const steps: SurvivalStep[] = []
  let survival = 1
  let spread = 0
  for (let at = 0; at < order.length; ) {
    const time = times[order[at]!]!
    const atRisk = order.length - at
    let fills = 0
    for (; at < order.length && times[order[at]!] === time; at++) fills += filled[order[at]!] ? 1 : 0
    if (fills === 0) continue
    survival *= 1 - fills / atRisk
    spread += fills / (atRisk * (atRisk - fills))
    steps.push({ time, survival, standardError: survival === 0 ? 0 : survival * Math.sqrt(spread), atRisk, filled: fills })
  }
  return steps
}

/** @throws {LobError} LOB_BAD_OPTION where the lengths differ or a time is not a number of 0 or more. */
export function checkTimes(times: ArrayLike<number>, filled: ArrayLike<boolean | number>): void {
  if (times.length !== filled.length) throw new LobError('LOB_BAD_OPTION', `Expected one end a time, ${times.length}, got ${filled.length}.`)
  const bad = Array.from(times).findIndex((time) => !(time >= 0 && time < Infinity))
  if (bad >= 0) throw new LobError('LOB_BAD_OPTION', `Expected times of 0 or more, got ${times[bad]} at ${bad}.`)
}
