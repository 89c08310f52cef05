import { LobError } from '@rxlob/core'
import { choleskyFactor, choleskySolve } from '@rxlob/evaluation'

const mostIterations = 50

export interface RowSolution {
  /** weight (onehot(y) - p) over classes 1 to K - 1, at the mode. */
  readonly residual: Float64Array
  /** (H^-1 + S)^-1, row-major. */
  readonly shrink: Float64Array
}

/**
 * Finds the mode of one row's posterior over its log odds: with S = C C' and a = mu + C u, minimises
 *
 *   -weight log softmax(a)[y] + u'u / 2
 *
 * by Newton's method with step halving; its Hessian I + C'HC is never worse conditioned than the data.
 */
export function rowMode(free: number): (mu: Float64Array, s: Float64Array, target: number, weight: number) => RowSolution {
  const classes = free + 1
  const p = new Float64Array(classes)
  const root = new Float64Array(free * free)
  const curvature = new Float64Array(free * free)
  const rooted = new Float64Array(free * free)
  const hessian = new Float64Array(free * free)
  const u = new Float64Array(free)
  const trial = new Float64Array(free)
  const step = new Float64Array(free)
  const residual = new Float64Array(free)
  const shrink = new Float64Array(free * free)
  const column = new Float64Array(free)

  /** Sets `p` to the softmax at `at`; returns the objective there. */
  const objective = (mu: Float64Array, at: Float64Array, target: number, weight: number): number => {
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
  /** Residual, curvature H and Hessian I + C'HC at the odds of `p`; `rooted` is H C. */
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

  return (mu, s, target, weight) => {
    root.set(s)
    if (!choleskyFactor(root, free)) throw notPositiveDefinite()
    u.fill(0)
    let current = objective(mu, u, target, weight)
    for (let iteration = 0; iteration < mostIterations; iteration++) {
      differentiate(target, weight)
      let gradient = 0
      for (let k = 0; k < free; k++) {
        let pull = -u[k]!
        for (let i = k; i < free; i++) pull += root[i * free + k]! * residual[i]!
        step[k] = pull
        gradient += pull * pull
      }
      if (gradient < 1e-24) break
      choleskyFactor(hessian, free)
      choleskySolve(hessian, free, step)
      let next = Infinity
      for (let share = 1; share > 1e-6; share /= 2) {
        for (let k = 0; k < free; k++) trial[k] = u[k]! + share * step[k]!
        next = objective(mu, trial, target, weight)
        // Near the mode rounding hides the descent.
        if (next <= current + 1e-14) break
      }
      if (!(next <= current + 1e-14)) break
      current = next
      u.set(trial)
    }
    objective(mu, u, target, weight)
    differentiate(target, weight)
    choleskyFactor(hessian, free)
    // (H^-1 + S)^-1 = H - H C (I + C'HC)^-1 C'H.
    for (let k = 0; k < free; k++) {
      for (let i = 0; i < free; i++) column[i] = rooted[k * free + i]!
      choleskySolve(hessian, free, column)
      for (let j = 0; j <= k; j++) {
        let sum = curvature[k * free + j]!
        for (let i = 0; i < free; i++) sum -= rooted[j * free + i]! * column[i]!
        shrink[k * free + j] = sum
        shrink[j * free + k] = sum
      }
    }
    return { residual, shrink }
  }
}

export const notPositiveDefinite = (): LobError =>
  new LobError('LOB_MODEL', 'bayesianLogistic: the covariance is no longer positive definite; standardise the inputs or lower clipDeviations.')
