import { moments } from '../numeric/moments.js'

/**
 * Standard error of a Sharpe ratio from independent returns of any shape.
 *
 *   se = sqrt((1 - skew SR + (kurtosis - 1) / 4 SR^2) / (n - 1))
 *
 * Unit: per interval; times sqrt(intervals a year) for the annual one. NaN for fewer than two returns or none that differ.
 *
 * @see Bailey and Lopez de Prado (2012), The Sharpe ratio efficient frontier, J. Risk 15(2), equation 6
 */
export function sharpeStandardError(returns: ArrayLike<number>, intervalsPerYear: number = 1): number {
  const { count, mean, deviation, skewness, kurtosis } = moments(returns)
  if (!(deviation > 0)) return NaN
  const ratio = mean / deviation
  return Math.sqrt((intervalsPerYear * (1 - skewness * ratio + ((kurtosis - 1) / 4) * ratio * ratio)) / (count - 1))
}
