import { integerOption, LobError } from '@rxlob/core'
import type { Attributions } from './attributions.js'

/** A model that says how its output changes with its inputs. `@rxlob/models/tfjs` nets are; anything else can be. */
export interface GradientModel {
  /** [count, outputs] of [count, features], row-major. */
  outputs(inputs: Float32Array, count: number): ArrayLike<number> | Promise<ArrayLike<number>>
  /** `[count, features]`: derivative of the sum over rows of one output in each input. */
  gradients(inputs: Float32Array, count: number, output: number): ArrayLike<number> | Promise<ArrayLike<number>>
}

export interface IntegratedGradientsOptions {
  readonly model: GradientModel
  /** Numbers in one row: for windows, rows times columns. */
  readonly features: number
  /** Row-major [rows, features]. */
  readonly inputs: ArrayLike<number>
  /** `[features]`: where the way to each row begins. Default all 0, the mean of scaled columns. */
  readonly baseline?: ArrayLike<number>
  /** Points on the way, 1 or more. Default 64. */
  readonly steps?: number
}

export interface IntegratedGradients extends Attributions {
  /** `[rows, outputs]`: output(row) - output(baseline) - sum of the values. 0 but for the error of `steps`; a large one asks for more. */
  readonly gap: Float64Array
}

/**
 * Integrated gradients: each input's share of the output's rise on the straight way from a baseline.
 *
 *   phi_j = (x_j - b_j) mean over a of d output / d x_j at b + a (x - b),  a = (i + 1/2) / steps
 *
 * base = output(baseline). Unit: that of the outputs. Cost: `steps` gradients a row and output, asked for in one batch.
 *
 * @throws {LobError} LOB_BAD_OPTION where shapes do not match; LOB_MODEL where the model gives no finite numbers or another count of them.
 * @see Sundararajan, Taly and Yan (2017), Axiomatic attribution for deep networks, ICML
 */
export async function integratedGradients(options: IntegratedGradientsOptions): Promise<IntegratedGradients> {
  const { model, inputs } = options
  const features = integerOption('features', options.features, 1)
  const steps = integerOption('steps', options.steps ?? 64, 1)
  const baseline = Float32Array.from(options.baseline ?? new Float32Array(features))
  const rows = inputs.length / features
  if (!Number.isInteger(rows)) throw new LobError('LOB_BAD_OPTION', `Option inputs: expected rows of ${features} numbers, got ${inputs.length} in all.`)
  if (baseline.length !== features) throw new LobError('LOB_BAD_OPTION', `Option baseline: expected ${features} numbers, got ${baseline.length}.`)
  const finite = (numbers: ArrayLike<number>, count: number, what: string): ArrayLike<number> => {
    if (numbers.length !== count) throw new LobError('LOB_MODEL', `integratedGradients: expected ${count} ${what}, got ${numbers.length}.`)
    for (let at = 0; at < count; at++) if (!Number.isFinite(numbers[at])) throw new LobError('LOB_MODEL', `integratedGradients: the model gave ${numbers[at]} among its ${what}.`)
    return numbers
  }
  const start = await model.outputs(baseline, 1)
  const outputs = start.length
  const base = Float64Array.from(finite(start, outputs, 'outputs'))
  const values = new Float64Array(rows * outputs * features)
  const gap = new Float64Array(rows * outputs)
  const way = new Float32Array(steps * features)
  for (let row = 0; row < rows; row++) {
    const x = Float32Array.from({ length: features }, (_, feature) => inputs[row * features + feature]!)
    for (let step = 0; step < steps; step++) {
      for (let feature = 0; feature < features; feature++) way[step * features + feature] = baseline[feature]! + ((step + 0.5) / steps) * (x[feature]! - baseline[feature]!)
    }
    const end = finite(await model.outputs(x, 1), outputs, 'outputs')
    for (let output = 0; output < outputs; output++) {
      const slopes = finite(await model.gradients(way, steps, output), steps * features, 'gradients')
      const to = (row * outputs + output) * features
      let sum = 0
      for (let feature = 0; feature < features; feature++) {
        let mean = 0
        for (let step = 0; step < steps; step++) mean += slopes[step * features + feature]! / steps
        sum += values[to + feature] = mean * (x[feature]! - baseline[feature]!)
      }
      gap[row * outputs + output] = end[output]! - base[output]! - sum
    }
  }
  return { rows, outputs, features, values, base, gap }
}
