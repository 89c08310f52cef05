import { logGammaStep, numberOption } from '@rxlob/core'
import type { RunModel } from './run-model.js'

export interface GaussianRunsOptions {
  /** Prior mean, in units of the data. Default 0. */
  readonly mean?: number
  /** How many observations the prior mean is worth, above 0. Default 1. */
  readonly meanWeight?: number
  /** Shape of the inverse-gamma prior of the variance, above 0: half the observations that it is worth. Default 1. */
  readonly shape?: number
  /** Scale of the inverse-gamma prior of the variance, squared units of the data, above 0. Default 1. */
  readonly scale?: number
}

/**
 * Runs of real numbers with unknown mean and variance: Normal-inverse-gamma.
 *
 *   x ~ Student-t(2a, mu, b (k + 1) / (a k))
 *   mu' = (k mu + x) / (k + 1),  b' = b + k (x - mu)^2 / (2 (k + 1)),  k' = k + 1,  a' = a + 1/2
 *
 * NaN where `x` is not finite.
 *
 * @see Murphy (2007), Conjugate Bayesian analysis of the Gaussian distribution, section 6
 */
export function gaussianRuns(options: GaussianRunsOptions = {}): RunModel {
  const mean = numberOption('mean', options.mean ?? 0, -Number.MAX_VALUE, Number.MAX_VALUE)
  const meanWeight = numberOption('meanWeight', options.meanWeight ?? 1, Number.MIN_VALUE, Number.MAX_VALUE)
  const shape = numberOption('shape', options.shape ?? 1, Number.MIN_VALUE, Number.MAX_VALUE)
  const scale = numberOption('scale', options.scale ?? 1, Number.MIN_VALUE, Number.MAX_VALUE)
  return {
    name: `gaussian(${mean},${meanWeight},${shape},${scale})`,
    width: 4,
    prior: [mean, meanWeight, shape, scale],
    logDensity(known, at, x) {
      const a = known[at + 2]!
      // Twice the scale parameter: df * (squared scale of the t) = 2 b (k + 1) / k.
      const spread = (2 * known[at + 3]! * (known[at + 1]! + 1)) / known[at + 1]!
      const apart = x - known[at]!
      return logGammaStep(a) - 0.5 * Math.log(Math.PI * spread) - (a + 0.5) * Math.log1p((apart * apart) / spread)
    },
    update(known, at, x) {
      const weight = known[at + 1]!
      const apart = x - known[at]!
      known[at]! += apart / (weight + 1)
      known[at + 1] = weight + 1
      known[at + 2]! += 0.5
      known[at + 3]! += (weight * apart * apart) / (2 * (weight + 1))
    },
  }
}
