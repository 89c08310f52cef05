import { integerOption, numberOption } from '@rxlob/core'
import type { Interval } from '@rxlob/evaluation'
import { normalQuantile } from '../numeric/normal-quantile.js'

/**
 * A share of independent trials with its score interval.
 *
 *   (p + z^2/2n +- z sqrt(p (1 - p) / n + z^2 / 4n^2)) / (1 + z^2 / n)
 *
 * @param level Probability that the interval should cover, above 0 to below 1. Default 0.95.
 * @throws {LobError} LOB_BAD_OPTION where a number is out of range.
 * @see Wilson (1927), Probable inference, JASA 22, 209-212
 */
export function wilsonInterval(successes: number, trials: number, level: number = 0.95): Interval {
  const n = integerOption('trials', trials, 1)
  const p = integerOption('successes', successes, 0, n) / n
  const z = normalQuantile(0.5 + numberOption('level', level, Number.MIN_VALUE, 1 - Number.EPSILON) / 2)
  const scale = 1 + (z * z) / n
  const middle = (p + (z * z) / (2 * n)) / scale
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / scale
  return { value: p, low: middle - half, high: middle + half }
}
