import { linkScores } from './tree-scores.js'
import type { TreeLink } from './tree-ensemble.js'

/** What training minimises: its start, its derivatives and its mean. */
export interface TreeLoss {
  readonly link: TreeLink
  readonly outputs: number
  /** The constant scores of least loss. */
  readonly baseScores: Float64Array
  /** Predictions from the scores of all rows; call before `derive`. */
  prepare(scores: Float64Array): void
  /** Derivatives of each row's loss in its score of `output`. */
  derive(output: number, gradients: Float64Array, hessians: Float64Array): void
}

/** Nats: what a probability of 0 costs is bounded, as in evaluation's `negativeLogLikelihood`. */
const leastProbability = 1e-15

/**
 * Log loss of `classes` classes (two: one score; more: softmax), or half the squared error where `classes` is undefined.
 *
 * The softmax hessian is K / (K - 1) p (1 - p), Friedman's, as in LightGBM; XGBoost takes 2 p (1 - p), so for K classes its learning rate,
 * l2 and least leaf hessian are 2 (K - 1) / K of ours.
 *
 * @see Friedman (2001), Greedy function approximation, algorithms 2 (squares), 5 and 6 (log loss)
 */
export function treeLoss(targets: ArrayLike<number>, weights: Float64Array | undefined, classes: number | undefined): TreeLoss {
  const rows = targets.length
  const weightOf = (row: number): number => weights?.[row] ?? 1
  const shares = new Float64Array(classes ?? 1)
  let total = 0
  for (let row = 0; row < rows; row++) {
    const weight = weightOf(row)
    total += weight
    if (classes === undefined) shares[0]! += weight * targets[row]!
    else shares[targets[row]!]! += weight
  }
  for (let k = 0; k < shares.length; k++) shares[k]! /= total

  if (classes === undefined) {
    let predicted: Float64Array = new Float64Array(rows)
    return {
      link: 'identity',
      outputs: 1,
      baseScores: shares,
      prepare: (scores) => void (predicted = scores),
      derive(_, gradients, hessians) {
        for (let row = 0; row < rows; row++) {
          gradients[row] = weightOf(row) * (predicted[row]! - targets[row]!)
          hessians[row] = weightOf(row)
        }
      },
    }
  }
  const link = classes === 2 ? 'sigmoid' : 'softmax'
  const outputs = classes === 2 ? 1 : classes
  const sharpness = classes === 2 ? 1 : classes / (classes - 1)
  const probabilities = new Float64Array(rows * classes)
  const logs = shares.map((share) => Math.log(Math.max(leastProbability, share)))
  return {
    link,
    outputs,
    baseScores: classes === 2 ? Float64Array.of(logs[1]! - logs[0]!) : logs,
    prepare(scores) {
      for (let row = 0; row < rows; row++) linkScores({ link, outputs }, scores, row * outputs, probabilities, row * classes)
    },
    derive(output, gradients, hessians) {
      const truth = classes === 2 ? 1 : output
      for (let row = 0; row < rows; row++) {
        const p = probabilities[row * classes + truth]!
        const weight = weightOf(row)
        gradients[row] = weight * (p - (targets[row] === truth ? 1 : 0))
        hessians[row] = weight * sharpness * p * (1 - p)
      }
    },
  }
}

/** Weighted mean loss of scores: nats a row, or the mean squared error. Unit: nats, or the target's squared. */
export function meanLoss(link: TreeLink, scores: Float64Array, targets: ArrayLike<number>, weights: Float64Array | undefined): number {
  const rows = targets.length
  const outputs = scores.length / rows
  const classes = link === 'sigmoid' ? 2 : outputs
  const predicted = new Float64Array(classes)
  let sum = 0
  let total = 0
  for (let row = 0; row < rows; row++) {
    const weight = weights?.[row] ?? 1
    linkScores({ link, outputs }, scores, row * outputs, predicted, 0)
    sum += weight * (link === 'identity' ? (predicted[0]! - targets[row]!) ** 2 : -Math.log(Math.max(leastProbability, predicted[targets[row]!]!)))
    total += weight
  }
  return sum / total
}
