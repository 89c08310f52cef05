import { LobError } from '@rxlob/core'
import { fadeToPrior } from './gaussian-site.js'
import type { InputModel } from './input-learner.js'
import type { GaussianWeights } from './laplace-logistic.js'
import { fromTriangle, lowerTriangle } from './lower-triangle.js'

export interface OneVersusRestOptions {
  readonly name: string
  readonly classes: number
  /** Inputs and the intercept. */
  readonly columns: number
  readonly priorVariance: number
  readonly forgetting: number
  update(weights: GaussianWeights, x: Float64Array, up: boolean, weight: number): void
  probability(weights: GaussianWeights, x: Float64Array): number
}

/** Evidence that may go stale before it is discounted in one go. */
const staleShare = 0.02

/**
 * Several classes from a model of two: with two classes one Gaussian over weights, for the second; with more one a class, against the rest,
 * and probabilities divided by their sum.
 */
export function oneVersusRest({ name, classes, columns, priorVariance, forgetting, update, probability }: OneVersusRestOptions): InputModel {
  const gaussians = Array.from({ length: classes === 2 ? 1 : classes }, (): GaussianWeights => {
    const covariance = new Float64Array(columns * columns)
    for (let row = 0; row < columns; row++) covariance[row * (columns + 1)] = priorVariance
    return { mean: new Float64Array(columns), covariance }
  })
  const forgetEvery = forgetting === 1 ? Infinity : Math.max(1, Math.round(staleShare / (1 - forgetting)))
  let sinceForgetting = 0
  return {
    predict(x) {
      const ups = gaussians.map((weights) => probability(weights, x))
      if (classes === 2) return Float32Array.of(1 - ups[0]!, ups[0]!)
      // Each of them may be all but 0: a row that no class wants is anyone's.
      const least = 1e-12
      const sum = ups.reduce((all, up) => all + Math.max(least, up), 0)
      return Float32Array.from(ups, (up) => Math.max(least, up) / sum)
    },
    absorb(x, target, weight) {
      if (sinceForgetting >= forgetEvery) {
        for (const weights of gaussians) {
          if (!fadeToPrior(weights, 1 / priorVariance, forgetting ** sinceForgetting)) {
            throw new LobError('LOB_MODEL', `${name}: the covariance is no longer positive definite; standardise the inputs or lower clipDeviations.`)
          }
        }
        sinceForgetting = 0
      }
      if (weight > 0) gaussians.forEach((weights, k) => update(weights, x, target === (classes === 2 ? 1 : k), weight))
      sinceForgetting++
    },
    save: () => ({
      sinceForgetting,
      gaussians: gaussians.map(({ mean, covariance }) => ({ mean: [...mean], covariance: lowerTriangle(covariance, columns) })),
    }),
    load(saved) {
      const since = saved.number('sinceForgetting')
      const parts = saved.states('gaussians').map((part) => ({
        mean: part.numbers('mean', columns),
        covariance: fromTriangle(part.numbers('covariance', (columns * (columns + 1)) / 2), columns),
      }))
      if (parts.length !== gaussians.length) throw saved.broken('gaussians')
      return () => {
        sinceForgetting = since
        parts.forEach(({ mean, covariance }, k) => {
          gaussians[k]!.mean.set(mean)
          gaussians[k]!.covariance.set(covariance)
        })
      }
    },
  }
}
