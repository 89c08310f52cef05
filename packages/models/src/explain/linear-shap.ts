import { LobError } from '@rxlob/core'
import type { Attributions } from './attributions.js'

export interface LinearShapOptions {
  /** Row-major [outputs, features]: outputs = weights x + intercepts. */
  readonly weights: ArrayLike<number>
  /** [outputs] */
  readonly intercepts: ArrayLike<number>
  /** `[features]`: mean of each feature over the background. */
  readonly means: ArrayLike<number>
  /** Row-major [rows, features]. */
  readonly inputs: ArrayLike<number>
}

/**
 * Exact SHAP values of a linear model whose features are taken as independent.
 *
 *   phi_j = w_j (x_j - mean_j),  base = w . mean + b
 *
 * Explains what comes out of the sum: the log odds of a logistic model, not its probability. Cost: O(rows outputs features).
 *
 * @throws {LobError} LOB_BAD_OPTION where shapes do not match.
 * @see Lundberg and Lee (2017), NeurIPS, corollary 1
 */
export function linearShap({ weights, intercepts, means, inputs }: LinearShapOptions): Attributions {
  const outputs = intercepts.length
  const features = means.length
  const rows = inputs.length / features
  if (weights.length !== outputs * features) throw new LobError('LOB_BAD_OPTION', `linearShap: expected ${outputs} x ${features} weights, got ${weights.length}.`)
  if (!Number.isInteger(rows)) throw new LobError('LOB_BAD_OPTION', `linearShap: expected rows of ${features} inputs, got ${inputs.length} in all.`)
  const base = Float64Array.from({ length: outputs }, (_, output) => {
    let sum = intercepts[output]!
    for (let feature = 0; feature < features; feature++) sum += weights[output * features + feature]! * means[feature]!
    return sum
  })
  const values = new Float64Array(rows * outputs * features)
  for (let at = 0; at < values.length; at++) {
    const feature = at % features
    const output = Math.floor(at / features) % outputs
    const row = Math.floor(at / (features * outputs))
    values[at] = weights[output * features + feature]! * (inputs[row * features + feature]! - means[feature]!)
  }
  return { rows, outputs, features, values, base }
}
