import { integerOption, numberOption } from '@rxlob/core'
import { normalQuantile } from '../numeric/normal-quantile.js'

const eulerGamma = 0.5772156649015329

/**
 * Sharpe ratio that the best of many trials without skill is expected to show.
 *
 *   SR0 = sd of trials ((1 - g) Phi^-1(1 - 1/N) + g Phi^-1(1 - 1/(N e))),  g = 0.5772...
 *
 * @param trials Independent configurations tried, 2 or more: every one, not the ones that are reported.
 * @param variance Of the trials' Sharpe ratios, per interval, 0 or more.
 * @throws {LobError} LOB_BAD_OPTION where a number is out of range.
 * @see Bailey and Lopez de Prado (2014), The deflated Sharpe ratio, J. Portfolio Management 40(5)
 */
export function expectedBestSharpe(trials: number, variance: number): number {
  const n = integerOption('trials', trials, 2)
  const deviation = Math.sqrt(numberOption('variance', variance, 0, Number.MAX_VALUE))
  return deviation * ((1 - eulerGamma) * normalQuantile(1 - 1 / n) + eulerGamma * normalQuantile(1 - 1 / (n * Math.E)))
}
