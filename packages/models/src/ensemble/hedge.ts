import { integerOption, LobError, numberOption } from '@rxlob/core'
import { logWeights } from './log-weights.js'
import type { WeightRule } from './weight-rule.js'

export interface HedgeOptions {
  /** Learning rate, above 0. Default sqrt(8 ln(members) / rows). */
  readonly rate?: number
  /** Rows that the default rate is best for. Default 1000. */
  readonly rows?: number
  /** Share of all weight that is spread evenly after each row, 0 to below 1: above 0 the best member may change. Default 0. */
  readonly share?: number
}

/**
 * Exponential weights on losses between 0 and 1 (here half the Brier score).
 *
 *   w_i <- w_i exp(-rate loss_i), normalised; then w <- (1 - share) w + share / members
 *
 * With the default rate the ensemble's summed loss exceeds the best member's by at most sqrt(rows ln(members) / 2), whatever happens.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range.
 * @see Freund and Schapire (1997), J. Computer and System Sciences 55; Herbster and Warmuth (1998), Machine Learning 32 (fixed share)
 */
export function hedge(options: HedgeOptions = {}): WeightRule {
  const rows = integerOption('rows', options.rows ?? 1000, 1)
  const share = shareOption(options.share)
  const fixed = options.rate === undefined ? undefined : numberOption('rate', options.rate, Number.MIN_VALUE, Number.MAX_VALUE)
  return {
    name: `hedge(${fixed ?? `rows ${rows}`},${share})`,
    needsLosses: true,
    start(members) {
      const rate = fixed ?? Math.sqrt((8 * Math.log(members)) / rows)
      return logWeights(members, (logs, _, losses) => {
        for (let i = 0; i < members; i++) logs[i]! -= rate * losses[i]!
      }, share)
    },
  }
}

/** @throws {LobError} LOB_BAD_OPTION outside 0 to below 1. */
export function shareOption(share = 0): number {
  if (share >= 0 && share < 1) return share
  throw new LobError('LOB_BAD_OPTION', `Option share: expected a number from 0 to below 1, got ${share}.`)
}
