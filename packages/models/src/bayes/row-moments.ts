import { LobError } from '@rxlob/core'
import { choleskyFactor, choleskySolve } from '@rxlob/evaluation'
import { productRule } from './product-rule.js'

const mostIterations = 50
/** Gauss-Hermite nodes a dimension, by dimensions: at most 125 nodes in all. */
const sides = [0, 15, 7, 5, 3]

/** How one row moves Gaussian log odds N(mu, S) once its class is known. */
export interface RowMoments {
  /** S^-1 (E[a | y] - mu). */
  readonly pull: Float64Array
  /** S^-1 (S - Cov[a | y]) S^-1, row-major. */
  readonly shrink: Float64Array
}

/**
 * Mean and covariance of the log odds a ~ N(mu, S) of classes 1 to K - 1 against class 0, given that a row was of class `target`, `weight`
 * times over: the moments of N(a; mu, S) softmax(a)[target]^weight.
 *
 * With S = C C' and a = mu + C u, the mode in u is found by Newton's method with step halving (the Hessian I + C'HC is never worse
 * conditioned than 1), and the moments by Gauss-Hermite quadrature centred and scaled there (15, 7 x 7, 5 x 5 x 5 or 3 x 3 x 3 x 3 nodes; beyond
 * five classes, and with `update` 'laplace', the mode and the curvature themselves, Laplace's approximation). The result is reused by the next call.
 *
 * @see Liu and Pierce (1994), A note on Gauss-Hermite quadrature, Biometrika 81(3), 624-629
 */
export function rowMoments(classes: number, update: 'moments' | 'laplace' = 'moments'): (mu: Float64Array, s: Float64Array, target: number, weight: number) => RowMoments {
  const free = classes - 1
  const rule = update === 'moments' && free < sides.length ? productRule(free, sides[free]!) : undefined
  const p = new Float64Array(classes)
  /** C, lower. */
  const root = new Float64Array(free * free)
  const curvature = new Float64Array(free * free)
  /** H C. */
  const rooted = new Float64Array(free * free)
  /** I + C'HC, then its lower Cholesky factor. */
  const hessian = new Float64Array(free * free)
  const residual = new Float64Array(free)
  const u = new Float64Array(free)
  const trial = new Float64Array(free)
  const step = new Float64Array(free)
  const column = new Float64Array(free)
  const meanU = new Float64Array(free)
  const covarianceU = new Float64Array(free * free)
  const pull = new Float64Array(free)
  const shrink = new Float64Array(free * free)

  /** Sets `p` to the softmax at u = `at`; returns -log of the density there, up to a constant. */
  const energy = (mu: Float64Array, at: Float64Array, target: number, weight: number): number => {
    let top = 0
    let half = 0
    p[0] = 0
    for (let k = 0; k < free; k++) {
      let odds = mu[k]!
      for (let j = 0; j <= k; j++) odds += root[k * free + j]! * at[j]!
      half += 0.5 * at[k]! * at[k]!
      p[k + 1] = odds
      if (odds > top) top = odds
    }
    const scored = p[target]! - top
    let sum = 0
    for (let k = 0; k < classes; k++) sum += p[k] = Math.exp(p[k]! - top)
    for (let k = 0; k < classes; k++) p[k]! /= sum
    return weight * (Math.log(sum) - scored) + half
  }
  /** Residual and Hessian at the odds of `p`. */
  const differentiate = (target: number, weight: number): void => {
    for (let k = 0; k < free; k++) {
      residual[k] = weight * ((target === k + 1 ? 1 : 0) - p[k + 1]!)
      for (let j = 0; j < free; j++) curvature[k * free + j] = weight * p[k + 1]! * ((k === j ? 1 : 0) - p[j + 1]!)
    }
    for (let k = 0; k < free; k++) {
      for (let j = 0; j < free; j++) {
        let sum = 0
        for (let i = j; i < free; i++) sum += curvature[k * free + i]! * root[i * free + j]!
        rooted[k * free + j] = sum
      }
    }
    for (let k = 0; k < free; k++) {
      for (let j = 0; j <= k; j++) {
        let sum = k === j ? 1 : 0
        for (let i = k; i < free; i++) sum += root[i * free + k]! * rooted[i * free + j]!
        hessian[k * free + j] = sum
      }
    }
  }
  /** Moves `u` to the mode and factors the Hessian there; returns the energy. */
  const climb = (mu: Float64Array, target: number, weight: number): number => {
    u.fill(0)
    let current = energy(mu, u, target, weight)
    for (let iteration = 0; iteration < mostIterations; iteration++) {
      differentiate(target, weight)
      let gradient = 0
      for (let k = 0; k < free; k++) {
        let uphill = -u[k]!
        for (let i = k; i < free; i++) uphill += root[i * free + k]! * residual[i]!
        step[k] = uphill
        gradient += uphill * uphill
      }
      if (gradient < 1e-20) break
      choleskyFactor(hessian, free)
      choleskySolve(hessian, free, step)
      let next = Infinity
      for (let share = 1; share > 1e-6; share /= 2) {
        for (let k = 0; k < free; k++) trial[k] = u[k]! + share * step[k]!
        next = energy(mu, trial, target, weight)
        // Near the mode rounding hides the descent.
        if (next <= current + 1e-14) break
      }
      if (!(next <= current + 1e-14)) break
      current = next
      u.set(trial)
    }
    current = energy(mu, u, target, weight)
    differentiate(target, weight)
    choleskyFactor(hessian, free)
    return current
  }
  /** Moments of u at the mode itself. */
  const laplace = (): void => {
    meanU.set(u)
    for (let k = 0; k < free; k++) {
      column.fill(0)
      column[k] = 1
      choleskySolve(hessian, free, column)
      for (let j = 0; j < free; j++) covarianceU[k * free + j] = column[j]!
    }
  }
  /** Moments of u by quadrature around the mode. */
  const integrate = (mu: Float64Array, target: number, weight: number, atMode: number, points: Float64Array, weights: Float64Array): void => {
    let mass = 0
    meanU.fill(0)
    covarianceU.fill(0)
    for (let n = 0; n < weights.length; n++) {
      let half = 0
      // u = mode + L^-T z with the Hessian L L': z's share of the density is divided out again.
      for (let k = free - 1; k >= 0; k--) {
        const z = points[n * free + k]!
        half += 0.5 * z * z
        let value = z
        for (let j = k + 1; j < free; j++) value -= hessian[j * free + k]! * column[j]!
        column[k] = value / hessian[k * free + k]!
      }
      for (let k = 0; k < free; k++) trial[k] = u[k]! + column[k]!
      const share = weights[n]! * Math.exp(half + atMode - energy(mu, trial, target, weight))
      mass += share
      for (let k = 0; k < free; k++) {
        meanU[k]! += share * column[k]!
        for (let j = 0; j <= k; j++) covarianceU[k * free + j]! += share * column[k]! * column[j]!
      }
    }
    for (let k = 0; k < free; k++) meanU[k]! /= mass
    for (let k = 0; k < free; k++) {
      for (let j = 0; j <= k; j++) {
        covarianceU[k * free + j] = covarianceU[k * free + j]! / mass - meanU[k]! * meanU[j]!
        covarianceU[j * free + k] = covarianceU[k * free + j]!
      }
    }
    for (let k = 0; k < free; k++) meanU[k]! += u[k]!
  }
  /** C'^-1 b, in place. */
  const backSubstitute = (b: Float64Array): void => {
    for (let k = free - 1; k >= 0; k--) {
      let value = b[k]!
      for (let j = k + 1; j < free; j++) value -= root[j * free + k]! * b[j]!
      b[k] = value / root[k * free + k]!
    }
  }

  return (mu, s, target, weight) => {
    root.set(s)
    if (!choleskyFactor(root, free)) throw notPositiveDefinite()
    const atMode = climb(mu, target, weight)
    if (rule === undefined) laplace()
    else integrate(mu, target, weight, atMode, rule.points, rule.weights)
    pull.set(meanU)
    backSubstitute(pull)
    // shrink = C'^-1 (I - Cov[u]) C^-1, one side at a time.
    for (let k = 0; k < free; k++) {
      for (let j = 0; j < free; j++) column[j] = (k === j ? 1 : 0) - covarianceU[j * free + k]!
      backSubstitute(column)
      for (let j = 0; j < free; j++) shrink[j * free + k] = column[j]!
    }
    for (let k = 0; k < free; k++) {
      for (let j = 0; j < free; j++) column[j] = shrink[k * free + j]!
      backSubstitute(column)
      for (let j = 0; j <= k; j++) {
        shrink[k * free + j] = column[j]!
        if (j < k) shrink[j * free + k] = column[j]!
      }
    }
    return { pull, shrink }
  }
}

export const notPositiveDefinite = (): LobError =>
  new LobError('LOB_MODEL', 'bayesianLogistic: the covariance is no longer positive definite; standardise the inputs or lower clipDeviations.')
