import { choleskyInverse } from '@rxlob/evaluation'
import type { GaussianWeights } from './laplace-logistic.js'

/**
 * Multiplies a Gaussian over weights by one Gaussian factor of their projection on x, in place.
 *
 *   N(w; m, V) exp(shift w'x - precision (w'x)^2 / 2):  v = x'Vx, u = x'm
 *   m += V x (shift - precision u) / (1 + precision v),  V -= V x x'V precision / (1 + precision v)
 *
 * Cost: O(columns^2).
 */
export function absorbSite({ mean, covariance }: GaussianWeights, x: ArrayLike<number>, precision: number, shift: number, spread: Float64Array): void {
  const { location, variance } = projection({ mean, covariance }, x, spread)
  const gain = 1 / (1 + precision * variance)
  const move = (shift - precision * location) * gain
  const shrink = precision * gain
  const size = mean.length
  for (let row = 0; row < size; row++) {
    mean[row]! += spread[row]! * move
    for (let column = 0; column <= row; column++) {
      covariance[row * size + column]! -= shrink * (spread[row]! * spread[column]!)
      covariance[column * size + row] = covariance[row * size + column]!
    }
  }
}

/** Mean and variance of w'x; `spread` gets V x. */
export function projection({ mean, covariance }: GaussianWeights, x: ArrayLike<number>, spread: Float64Array): { location: number; variance: number } {
  const size = mean.length
  let location = 0
  let variance = 0
  for (let row = 0; row < size; row++) {
    let sum = 0
    for (let column = 0; column < size; column++) sum += covariance[row * size + column]! * x[column]!
    spread[row] = sum
    variance += sum * x[row]!
    location += mean[row]! * x[row]!
  }
  return { location, variance }
}

/**
 * Multiplies the evidence by `share`, 0 to 1, and gives the prior N(0, 1 / priorPrecision) the rest, in place: old evidence fades, the prior never does.
 * False, with the Gaussian spoilt, where the covariance is none. Cost: O(columns^3).
 *
 * @see Kulhavy and Zarrop (1993), Int. J. Control 58(4), 905-924
 */
export function fadeToPrior({ mean, covariance }: GaussianWeights, priorPrecision: number, share: number): boolean {
  const size = mean.length
  if (!choleskyInverse(covariance, size)) return false
  const shift = new Float64Array(size)
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) shift[row]! += share * covariance[row * size + column]! * mean[column]!
  }
  for (let at = 0; at < covariance.length; at++) covariance[at]! *= share
  for (let row = 0; row < size; row++) covariance[row * (size + 1)]! += (1 - share) * priorPrecision
  if (!choleskyInverse(covariance, size)) return false
  for (let row = 0; row < size; row++) {
    let sum = 0
    for (let column = 0; column < size; column++) sum += covariance[row * size + column]! * shift[column]!
    mean[row] = sum
  }
  return true
}
