import { LobError } from '@rxlob/core'
import type { SigmoidCurve } from './calibration.js'

const mostIterations = 100

/**
 * Platt's sigmoid through scores of two classes.
 *
 *   P(up | s) = 1 / (1 + exp(slope s + intercept)), most likely under the targets (ups + 1) / (ups + 2) for up and 1 / (downs + 2) for down
 *
 * The softened targets are what keeps separable scores from an infinite slope. By Newton's method with step halving.
 *
 * @throws {LobError} LOB_BAD_OPTION where there are no scores, or as many labels; LOB_MODEL where a score is not finite.
 * @see Platt (1999), Probabilistic outputs for support vector machines; Lin, Lin and Weng (2007), Machine Learning 68, 267-276
 */
export function fitSigmoid(scores: ArrayLike<number>, ups: ArrayLike<boolean | number>): SigmoidCurve {
  const rows = scores.length
  if (rows === 0 || ups.length !== rows) throw new LobError('LOB_BAD_OPTION', `fitSigmoid: expected a label for each of one or more scores, got ${ups.length} for ${rows}.`)
  let positive = 0
  for (let row = 0; row < rows; row++) {
    if (!Number.isFinite(scores[row]!)) throw new LobError('LOB_MODEL', `fitSigmoid: score ${row} is ${scores[row]}.`)
    if (ups[row]) positive++
  }
  const high = (positive + 1) / (positive + 2)
  const low = 1 / (rows - positive + 2)
  const targetOf = (row: number): number => (ups[row] ? high : low)
  /** -log likelihood, stable on both sides. */
  const loss = (slope: number, intercept: number): number => {
    let sum = 0
    for (let row = 0; row < rows; row++) {
      const odds = slope * scores[row]! + intercept
      sum += odds >= 0 ? targetOf(row) * odds + Math.log1p(Math.exp(-odds)) : (targetOf(row) - 1) * odds + Math.log1p(Math.exp(odds))
    }
    return sum
  }
  let [slope, intercept] = [0, Math.log((rows - positive + 1) / (positive + 1))]
  let current = loss(slope, intercept)
  for (let iteration = 0; iteration < mostIterations; iteration++) {
    // A hair of curvature keeps the step finite where all scores are one.
    let [h11, h22, h21, g1, g2] = [1e-12, 1e-12, 0, 0, 0]
    for (let row = 0; row < rows; row++) {
      const score = scores[row]!
      const p = 1 / (1 + Math.exp(slope * score + intercept))
      const weight = p * (1 - p)
      const error = targetOf(row) - p
      h11 += score * score * weight
      h22 += weight
      h21 += score * weight
      g1 += score * error
      g2 += error
    }
    if (Math.abs(g1) < 1e-10 && Math.abs(g2) < 1e-10) break
    const determinant = h11 * h22 - h21 * h21
    const [dSlope, dIntercept] = [-(h22 * g1 - h21 * g2) / determinant, -(h11 * g2 - h21 * g1) / determinant]
    let share = 1
    for (; share > 1e-10; share /= 2) {
      const next = loss(slope + share * dSlope, intercept + share * dIntercept)
      if (next > current + 1e-14 * Math.abs(current)) continue
      current = next
      slope += share * dSlope
      intercept += share * dIntercept
      break
    }
    if (share <= 1e-10) break
  }
  return { slope, intercept }
}
