import { LobError } from '../errors.js'
import { checkTimes } from './kaplan-meier.js'

/** S(t) = exp(-(t / scale)^shape). */
export interface WeibullFit {
  /** Below 1 fills become rarer the longer an order waits. */
  readonly shape: number
  readonly scale: number
  readonly logLikelihood: number
}

/**
 * Weibull law of the time to fill by maximum likelihood; orders cancelled before are censored.
 *
 *   log-likelihood = sum over fills of ln(k / s) + (k - 1) ln(t / s)  -  sum over all of (t / s)^k
 *
 * `times` above 0 in any unit, `filled` as in `kaplanMeier`, whose danger applies. The shape solves one increasing equation.
 *
 * @throws {LobError} LOB_BAD_OPTION where the lengths differ, a time is not above 0, nothing filled, or all fills took one time that none outlasted.
 * @see Lawless (2003), Statistical Models and Methods for Lifetime Data, section 5.2
 */
export function fitWeibull(times: ArrayLike<number>, filled: ArrayLike<boolean | number>): WeibullFit {
  checkTimes(times, filled)
  const longest = Array.from(times).reduce((most, time) => Math.max(most, time), 0)
  // Logarithms of times over the longest: their powers cannot overflow.
  const logs = Float64Array.from(times, (time) => Math.log(time / longest))
  const fills = logs.filter((_, at) => Boolean(filled[at]))
  const meanLog = fills.reduce((sum, value) => sum + value, 0) / fills.length
  if (!Number.isFinite(meanLog) || !logs.every(Number.isFinite)) throw new LobError('LOB_BAD_OPTION', 'Expected times above 0 and one fill or more.')
  const equation = (shape: number): number => {
    let [sum, weighted] = [0, 0]
    for (const value of logs) {
      sum += Math.exp(shape * value)
      weighted += value * Math.exp(shape * value)
    }
    return weighted / sum - 1 / shape - meanLog
  }
  let low = 1e-6
  let high = 1
  while (equation(high) < 0 && high < 1e6) [low, high] = [high, high * 2]
  if (equation(high) < 0) throw new LobError('LOB_BAD_OPTION', 'Expected times that differ: the shape has no maximum.')
  for (let i = 0; i < 200 && high - low > 1e-15 * high; i++) {
    const middle = (low + high) / 2
    if (equation(middle) < 0) low = middle
    else high = middle
  }
  const shape = (low + high) / 2
  const mean = logs.reduce((sum, value) => sum + Math.exp(shape * value), 0) / fills.length
  const scale = longest * mean ** (1 / shape)
  const logLikelihood = fills.reduce((sum, value) => sum + Math.log(shape / scale) + (shape - 1) * (value + Math.log(longest / scale)), 0) - fills.length
  return { shape, scale, logLikelihood }
}
