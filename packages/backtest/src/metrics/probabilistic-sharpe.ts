import { normalCdf } from '@rxlob/evaluation'
import { sharpeRatio } from './sharpe-ratio.js'
import { sharpeStandardError } from './sharpe-standard-error.js'

/**
 * Probability that the true Sharpe ratio is above a benchmark.
 *
 *   PSR = Phi((SR - benchmark) / se(SR))
 *
 * @param benchmark Per interval, as the returns. Default 0.
 * @see Bailey and Lopez de Prado (2012), J. Risk 15(2), equation 9
 */
export const probabilisticSharpe = (returns: ArrayLike<number>, benchmark: number = 0): number =>
  normalCdf((sharpeRatio(returns) - benchmark) / sharpeStandardError(returns))
