import { LobError } from '@rxlob/core'
import { nextNode, type TreeEnsemble } from './tree-ensemble.js'

/**
 * Raw scores of rows of inputs: log odds for classes, the value for a regression.
 *
 * Shape: [rows, outputs], row-major. A NaN input is a missing number and goes where the training sent those.
 * Cost: O(trees depth) a row.
 *
 * @param inputs Row-major [rows, features].
 * @throws {LobError} LOB_COLUMN_MISMATCH where `inputs` are not whole rows of the ensemble's features.
 */
export function treeScores(ensemble: TreeEnsemble, inputs: ArrayLike<number>): Float64Array {
  const rows = treeRows(ensemble, inputs)
  const numbers = readInputs(ensemble, inputs)
  const scores = new Float64Array(rows * ensemble.outputs)
  for (let row = 0; row < rows; row++) scoreRow(ensemble, numbers, row * ensemble.features, scores, row * ensemble.outputs)
  return scores
}

/**
 * What an ensemble predicts of rows of inputs: [rows, classes] probabilities, or [rows, 1] values.
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH where `inputs` are not whole rows of the ensemble's features.
 */
export function treeOutputs(ensemble: TreeEnsemble, inputs: ArrayLike<number>): Float64Array {
  const scores = treeScores(ensemble, inputs)
  const { link, outputs } = ensemble
  if (link === 'identity') return scores
  const classes = link === 'sigmoid' ? 2 : outputs
  const rows = scores.length / outputs
  const probabilities = new Float64Array(rows * classes)
  for (let row = 0; row < rows; row++) linkScores(ensemble, scores, row * outputs, probabilities, row * classes)
  return probabilities
}

/** Rows in `inputs`. */
export function treeRows({ features }: TreeEnsemble, inputs: ArrayLike<number>): number {
  const rows = inputs.length / features
  if (Number.isInteger(rows)) return rows
  throw new LobError('LOB_COLUMN_MISMATCH', `Expected rows of ${features} numbers, got ${inputs.length} numbers in all.`)
}

/** The numbers that the splits compare: rounded to floats where the ensemble's training did. */
export function readInputs({ precision }: Pick<TreeEnsemble, 'precision'>, inputs: ArrayLike<number>): ArrayLike<number> {
  return precision === 'double' || inputs instanceof Float32Array ? inputs : Float32Array.from(inputs)
}

/** Writes the raw scores of the row at `at` of `numbers` to `scores` from `to` on. */
export function scoreRow(ensemble: TreeEnsemble, numbers: ArrayLike<number>, at: number, scores: Float64Array, to: number): void {
  const { roots, outputOfTree, value, baseScores } = ensemble
  for (let output = 0; output < baseScores.length; output++) scores[to + output] = baseScores[output]!
  for (let tree = 0; tree < roots.length; tree++) scores[to + outputOfTree[tree]!]! += value[leafOf(ensemble, roots[tree]!, numbers, at)]!
}

/** The leaf that a row of `numbers` falls into, from `root` down. */
export function leafOf(nodes: Pick<TreeEnsemble, 'feature' | 'threshold' | 'left' | 'right' | 'missing'>, root: number, numbers: ArrayLike<number>, at: number): number {
  const { feature } = nodes
  let node = root
  for (let column = feature[node]!; column >= 0; column = feature[node]!) node = nextNode(nodes, node, numbers[at + column]!)
  return node
}

/** Turns raw scores into probabilities, or into the value itself. */
export function linkScores({ link, outputs }: Pick<TreeEnsemble, 'link' | 'outputs'>, scores: Float64Array, at: number, into: Float64Array | Float32Array, to: number): void {
  if (link === 'identity') {
    into[to] = scores[at]!
  } else if (link === 'sigmoid') {
    const up = 1 / (1 + Math.exp(-scores[at]!))
    into[to] = 1 - up
    into[to + 1] = up
  } else {
    let top = -Infinity
    for (let k = 0; k < outputs; k++) top = Math.max(top, scores[at + k]!)
    let sum = 0
    for (let k = 0; k < outputs; k++) sum += Math.exp(scores[at + k]! - top)
    for (let k = 0; k < outputs; k++) into[to + k] = Math.exp(scores[at + k]! - top) / sum
  }
}
