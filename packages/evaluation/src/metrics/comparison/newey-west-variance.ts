import { integerOption } from '@rxlob/core'

/**
 * Long-run variance of a serially correlated series: the variance of its mean, times its length.
 *
 *   g_0 + 2 sum_{k = 1..L} (1 - k / (L + 1)) g_k,  g_k = (1 / n) sum (x_t - mean)(x_(t-k) - mean)
 *
 * Unit: of the series, squared; never negative. NaN without rows. Cost: O(rows * lags).
 *
 * @param options.lagRows Lags L, 0 or more.
 * @throws {LobError} LOB_BAD_OPTION where `lagRows` is not an integer of 0 or more.
 * @see Newey and West (1987), Econometrica 55, 703-708
 */
export function neweyWestVariance(values: ArrayLike<number>, options: { readonly lagRows: number }): number {
  const lagRows = integerOption('lagRows', options.lagRows, 0)
  const rows = values.length
  let mean = 0
  for (let row = 0; row < rows; row++) mean += values[row]! / rows
  const centred = Float64Array.from(values, (value) => value - mean)
  let total = 0
  for (let lag = 0; lag <= Math.min(lagRows, rows - 1); lag++) {
    let sum = 0
    for (let row = lag; row < rows; row++) sum += centred[row]! * centred[row - lag]!
    total += (lag === 0 ? 1 : 2 * (1 - lag / (lagRows + 1))) * sum
  }
  return total / rows
}
