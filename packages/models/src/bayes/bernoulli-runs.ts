import { numberOption } from '@rxlob/core'
import type { RunModel } from './run-model.js'

export interface BernoulliRunsOptions {
  /** Prior count of ones, above 0. Default 1. */
  readonly ones?: number
  /** Prior count of zeros, above 0. Default 1. */
  readonly zeros?: number
}

/**
 * Runs of ones and zeros (forecasts that were right or wrong) with an unknown rate: Beta-Bernoulli.
 *
 *   P(x = 1) = ones / (ones + zeros); each observation adds 1 to its count
 *
 * `x` is 0 or 1; of anything else the density is NaN.
 */
export function bernoulliRuns(options: BernoulliRunsOptions = {}): RunModel {
  const ones = numberOption('ones', options.ones ?? 1, Number.MIN_VALUE, Number.MAX_VALUE)
  const zeros = numberOption('zeros', options.zeros ?? 1, Number.MIN_VALUE, Number.MAX_VALUE)
  return {
    name: `bernoulli(${ones},${zeros})`,
    width: 2,
    prior: [ones, zeros],
    logDensity(known, at, x) {
      if (x !== 0 && x !== 1) return NaN
      return Math.log(known[at + 1 - x]! / (known[at]! + known[at + 1]!))
    },
    update(known, at, x) {
      known[at + 1 - x]! += 1
    },
  }
}
