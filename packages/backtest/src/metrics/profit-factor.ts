/**
 * Gains over losses of trades.
 *
 *   sum of positive / |sum of negative|
 *
 * Infinity where there are gains and no losses, NaN where there is neither.
 */
export function profitFactor(profits: ArrayLike<number>): number {
  let gains = 0
  let losses = 0
  for (let i = 0; i < profits.length; i++) {
    if (profits[i]! > 0) gains += profits[i]!
    else losses -= profits[i]!
  }
  return gains === 0 && losses === 0 ? NaN : gains / losses
}
