import { moments } from '../numeric/moments.js'

/**
 * Mean over standard deviation of returns on a fixed grid of time, flat intervals included.
 *
 *   SR = mean / sd (n - 1)
 *
 * Unit: per interval; times the square root of intervals a year where `intervalsPerYear` is given (252 daily returns of equities,
 * 365 of crypto). NaN for fewer than two returns or none that differ.
 *
 * @see Lo (2002), The statistics of Sharpe ratios, Financial Analysts Journal 58(4)
 */
export function sharpeRatio(returns: ArrayLike<number>, intervalsPerYear: number = 1): number {
  const { mean, deviation } = moments(returns)
  return deviation > 0 ? Math.sqrt(intervalsPerYear) * (mean / deviation) : NaN
}
