import { numberOption } from '@rxlob/core'
import { shareOption } from './hedge.js'
import { logWeights } from './log-weights.js'
import type { WeightRule } from './weight-rule.js'

export interface BayesianAveragingOptions {
  /** Exponent that flattens the weights before each row, above 0 to 1: the memory is 1 / (1 - forgetting) rows. 1 never forgets. Default 0.99. */
  readonly forgetting?: number
  /** Share of all weight that is spread evenly after each row, 0 to below 1. Default 0. */
  readonly share?: number
}

/**
 * Online Bayesian model averaging: the posterior over members, which fades.
 *
 *   w_i <- w_i^forgetting, normalised;  w_i <- w_i p_i(y), normalised
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range.
 * @see Raftery, Karny and Ettler (2010), Technometrics 52(1), 52-66 (dynamic model averaging)
 */
export function bayesianAveraging(options: BayesianAveragingOptions = {}): WeightRule {
  const forgetting = numberOption('forgetting', options.forgetting ?? 0.99, Number.MIN_VALUE, 1)
  const share = shareOption(options.share)
  return {
    name: `bayesian_averaging(${forgetting},${share})`,
    needsLosses: false,
    start: (members) =>
      logWeights(members, (logs, logLikelihoods) => {
        for (let i = 0; i < members; i++) logs[i] = forgetting * logs[i]! + logLikelihoods[i]!
      }, share),
  }
}
