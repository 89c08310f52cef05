import { integerOption } from '@rxlob/core'
import { moments } from '../numeric/moments.js'

/**
 * By what a Sharpe ratio of one interval grows over `intervals` of them where returns are serially correlated.
 *
 *   q / sqrt(q + 2 sum_{k<q} (q - k) rho_k),  sqrt(q) without correlation
 *
 * NaN where correlations make the variance of the sum negative, or for constant returns.
 *
 * @param intervals q, 1 to the number of returns.
 * @throws {LobError} LOB_BAD_OPTION where q is out of range.
 * @see Lo (2002), The statistics of Sharpe ratios, Financial Analysts Journal 58(4), equation 20
 */
export function loFactor(returns: ArrayLike<number>, intervals: number): number {
  const q = integerOption('intervals', intervals, 1, returns.length)
  const { mean } = moments(returns)
  const covariance = (lag: number): number => {
    let sum = 0
    for (let i = lag; i < returns.length; i++) sum += (returns[i]! - mean) * (returns[i - lag]! - mean)
    return sum
  }
  const variance = covariance(0)
  let correlated = 0
  for (let lag = 1; lag < q; lag++) correlated += (q - lag) * (covariance(lag) / variance)
  return q / Math.sqrt(q + 2 * correlated)
}
