/**
 * Mean over downside deviation, over all intervals.
 *
 *   (mean - target) / sqrt(mean(min(r - target, 0)^2))
 *
 * Unit: per interval; times sqrt(intervals a year) where given. NaN where nothing fell below the target.
 *
 * @param target Per interval. Default 0.
 * @see Sortino and van der Meer (1991), Downside risk, J. Portfolio Management 17(4)
 */
export function sortinoRatio(returns: ArrayLike<number>, intervalsPerYear: number = 1, target: number = 0): number {
  let sum = 0
  let squares = 0
  for (let i = 0; i < returns.length; i++) {
    const excess = returns[i]! - target
    sum += excess
    if (excess < 0) squares += excess * excess
  }
  return squares > 0 ? (Math.sqrt(intervalsPerYear) * (sum / returns.length)) / Math.sqrt(squares / returns.length) : NaN
}
