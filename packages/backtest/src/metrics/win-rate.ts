/**
 * Share of trades that made money after all costs.
 *
 *   count(profit > 0) / count
 *
 * NaN where there are no trades.
 */
export function winRate(profits: ArrayLike<number>): number {
  let wins = 0
  for (let i = 0; i < profits.length; i++) if (profits[i]! > 0) wins++
  return wins / profits.length
}
