import type { OutputSpec } from '@rxlob/core'

/** A forecast of probability 0 costs as much as one of this. */
const leastProbability = 1e-15

/**
 * Scores of several forecasts of one row: log likelihoods (natural logarithms; Gaussian densities for values) and losses (half the Brier
 * score, 0 to 1; NaN for values). False where there are none because a member knows no deviation.
 *
 * @param forecasts Row-major [members, outputs].
 */
export function forecastScores(output: OutputSpec, forecasts: Float64Array, target: number, logLikelihoods: Float64Array, losses: Float64Array): boolean {
  const width = forecasts.length / losses.length
  for (let i = 0; i < losses.length; i++) {
    const at = i * width
    if (output.kind === 'value') {
      const deviation = forecasts[at + 1]!
      if (!(deviation > 0)) return false
      const z = (target - forecasts[at]!) / deviation
      logLikelihoods[i] = -0.5 * (z * z + Math.log(2 * Math.PI)) - Math.log(deviation)
      losses[i] = NaN
      continue
    }
    let brier = 0
    for (let k = 0; k < width; k++) brier += (forecasts[at + k]! - (k === target ? 1 : 0)) ** 2
    losses[i] = brier / 2
    logLikelihoods[i] = Math.log(Math.max(leastProbability, forecasts[at + target]!))
  }
  return true
}
