import { expectedBestSharpe } from './expected-best-sharpe.js'
import { probabilisticSharpe } from './probabilistic-sharpe.js'

/**
 * Probability that a Sharpe ratio is not just the best of many trials without skill: `probabilisticSharpe` above `expectedBestSharpe`.
 *
 * @throws {LobError} LOB_BAD_OPTION where trials or variance are out of range.
 * @see Bailey and Lopez de Prado (2014), The deflated Sharpe ratio, J. Portfolio Management 40(5)
 */
export const deflatedSharpe = (returns: ArrayLike<number>, trials: number, variance: number): number =>
  probabilisticSharpe(returns, expectedBestSharpe(trials, variance))
