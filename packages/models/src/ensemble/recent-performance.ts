import { numberOption } from '@rxlob/core'
import { logWeights } from './log-weights.js'
import type { WeightRule } from './weight-rule.js'

export interface RecentPerformanceOptions {
  /** How much of each loss is still felt a row later, above 0 to 1. Default 0.98: a memory of 50 rows. */
  readonly decay?: number
  /** How sharply a lower loss is preferred, above 0. 1 weights like a posterior over the memory's rows. Default 1. */
  readonly sharpness?: number
}

/**
 * Dynamic weights by recent log loss.
 *
 *   w_i = softmax(-sharpness * sum_s decay^(t - s) loss_i(s)), loss = -ln p_i(y)
 *
 * Only of losses whose outcomes are known. The weights are a function of the last few memories alone: nothing else lingers.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range.
 */
export function recentPerformance(options: RecentPerformanceOptions = {}): WeightRule {
  const decay = numberOption('decay', options.decay ?? 0.98, Number.MIN_VALUE, 1)
  const sharpness = numberOption('sharpness', options.sharpness ?? 1, Number.MIN_VALUE, Number.MAX_VALUE)
  return {
    name: `recent_performance(${decay},${sharpness})`,
    needsLosses: false,
    // The decayed sum is the log weight up to a constant, and normalising subtracts one.
    start: (members) =>
      logWeights(members, (logs, logLikelihoods) => {
        for (let i = 0; i < members; i++) logs[i] = decay * logs[i]! + sharpness * logLikelihoods[i]!
      }),
  }
}
