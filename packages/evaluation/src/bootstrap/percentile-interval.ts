import { numberOption } from '@rxlob/core'

/** A number with its uncertainty. */
export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/**
 * Percentile interval of bootstrap draws: the central `level` of them.
 *
 * Quantiles interpolate linearly between order statistics. Draws that are NaN (a statistic undefined on that resample)
 * are left out; NaN where none is left.
 *
 * @param value The statistic of the sample itself, carried through.
 * @param options.level Probability to cover, above 0 to below 1. Default 0.95.
 * @throws {LobError} LOB_BAD_OPTION where `level` is out of range.
 * @see Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapter 13
 */
export function percentileInterval(value: number, draws: ArrayLike<number>, options: { readonly level?: number } = {}): Interval {
  const level = numberOption('level', options.level ?? 0.95, Number.MIN_VALUE, 1 - Number.EPSILON)
  const sorted = Float64Array.from(draws).filter((draw) => !Number.isNaN(draw)).sort()
  const tail = (1 - level) / 2
  return { value, low: quantile(sorted, tail), high: quantile(sorted, 1 - tail) }
}

function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1)
  const below = Math.floor(place)
  const low = sorted[below] ?? NaN
  const high = sorted[below + 1] ?? low
  return low + (place - below) * (high - low)
}
