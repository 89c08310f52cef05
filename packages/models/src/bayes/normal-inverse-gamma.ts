import { choleskyInverse } from '@rxlob/evaluation'
import { LobError } from '@rxlob/core'
import { projection } from './gaussian-site.js'
import type { StudentForecast } from './student-forecast.js'

/** w | s2 ~ N(mean, s2 covariance), s2 ~ inverse-gamma(shape, scale). */
export interface NormalInverseGamma {
  readonly mean: Float64Array
  /** In units of the noise variance, row-major. */
  readonly covariance: Float64Array
  shape: number
  scale: number
}

/** A direction that is not fed gains variance without bound; beyond so many times the prior's it is held. */
const mostGrowth = 1e6

/** A forecast at x, once the evidence has faded by `forgetting`: Student-t(2 a, x'm, b / a (1 + x'Vx)) after the discount. */
export function forecastValue({ mean, covariance, shape, scale }: NormalInverseGamma, x: Float64Array, forgetting: number, spread: Float64Array): StudentForecast {
  const { location, variance } = projection({ mean, covariance }, x, spread)
  return { degreesOfFreedom: 2 * forgetting * shape, location, scale: Math.sqrt((scale / shape) * (1 + variance / forgetting)) }
}

/**
 * Discounts all evidence, the prior's too, then takes a row in, `weight` times over, in place.
 *
 *   P <- L P, a <- L a, b <- L b;  P' = P + x x', m' = P'^-1 (P m + x y), a' = a + 1/2, b' = b + (y - x'm)^2 / (2 (1 + x'Vx))
 *
 * By the Sherman-Morrison formula on V = P^-1. Cost: O(columns^2).
 */
export function absorbValue(state: NormalInverseGamma, x: Float64Array, y: number, weight: number, forgetting: number, priorVariance: number, spread: Float64Array): void {
  const { mean, covariance } = state
  const size = mean.length
  let widest = 0
  if (forgetting < 1) {
    for (let at = 0; at < covariance.length; at++) covariance[at]! /= forgetting
    state.shape *= forgetting
    state.scale *= forgetting
    for (let row = 0; row < size; row++) widest = Math.max(widest, covariance[row * (size + 1)]!)
    if (widest > mostGrowth * priorVariance) hold(covariance, size, 1 / (mostGrowth * priorVariance))
  }
  const { location, variance } = projection(state, x, spread)
  const gain = weight / (1 + weight * variance)
  const error = y - location
  for (let row = 0; row < size; row++) {
    mean[row]! += spread[row]! * gain * error
    for (let column = 0; column <= row; column++) {
      covariance[row * size + column]! -= gain * (spread[row]! * spread[column]!)
      covariance[column * size + row] = covariance[row * size + column]!
    }
  }
  state.shape += weight / 2
  state.scale += (gain * error * error) / 2
}

/** Adds `floor` to the precision in every direction. */
function hold(covariance: Float64Array, size: number, floor: number): void {
  if (choleskyInverse(covariance, size)) {
    for (let row = 0; row < size; row++) covariance[row * (size + 1)]! += floor
    if (choleskyInverse(covariance, size)) return
  }
  throw new LobError('LOB_MODEL', 'nigRegression: the covariance is no longer positive definite; standardise the inputs or lower clipDeviations.')
}
