import type { OutputSpec } from '@rxlob/core'

/**
 * The mixture of several forecasts.
 *
 *   classes: p_k = sum_i w_i p_ik
 *   value:   mean = sum_i w_i m_i,  variance = sum_i w_i (s_i^2 + m_i^2) - mean^2
 *
 * The deviation is NaN where a member of weight above 0 has none.
 *
 * @param forecasts Row-major [members, outputs].
 */
export function mixForecasts(output: OutputSpec, weights: ArrayLike<number>, forecasts: Float64Array): Float32Array {
  const width = forecasts.length / weights.length
  const mixed = new Float64Array(width)
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] === 0) continue
    for (let k = 0; k < width; k++) mixed[k]! += weights[i]! * forecasts[i * width + k]!
  }
  if (output.kind === 'classes') return Float32Array.from(mixed)
  const mean = mixed[0]!
  let variance = 0
  // Around the mean: the difference of the squares would leave no digits where the mean is large.
  for (let i = 0; i < weights.length; i++) {
    if (weights[i] !== 0) variance += weights[i]! * (forecasts[i * width + 1]! ** 2 + (forecasts[i * width]! - mean) ** 2)
  }
  return Float32Array.of(mean, Math.sqrt(variance))
}
