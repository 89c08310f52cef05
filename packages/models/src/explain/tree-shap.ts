import { LobError } from '@rxlob/core'
import { nextNode, type TreeEnsemble } from '../trees/tree-ensemble.js'
import { readInputs, treeRows } from '../trees/tree-scores.js'
import type { Attributions } from './attributions.js'

/**
 * Exact SHAP values of boosted trees, path-dependent: what absent features were is taken from the training rows that took each branch.
 *
 *   phi_j = sum over sets S of other features of |S|! (M - |S| - 1)! / M! (v(S + j) - v(S)),
 *   v(S) = mean of the leaves that x reaches where S decides, and splits on other features part by cover
 *
 * Explains raw scores (log odds, or the value); `interventionalTreeShap` asks instead what happens when features are set to those of other rows.
 * base = v of no features, the cover-weighted mean score. Cost: O(trees leaves depth^2) a row.
 *
 * @param inputs Row-major [rows, features]; NaN is missing.
 * @throws {LobError} LOB_COLUMN_MISMATCH where `inputs` are not whole rows of the ensemble's features; LOB_MODEL where a split has no cover.
 * @see Lundberg et al. (2020), From local explanations to global understanding, Nature Machine Intelligence 2, algorithm 2
 */
export function treeShap(ensemble: TreeEnsemble, inputs: ArrayLike<number>): Attributions {
  const rows = treeRows(ensemble, inputs)
  const numbers = readInputs(ensemble, inputs)
  const { features, outputs, roots, outputOfTree } = ensemble
  const base = ensemble.baseScores.slice()
  const means = coverMeans(ensemble)
  for (let tree = 0; tree < roots.length; tree++) base[outputOfTree[tree]!]! += means[roots[tree]!]!
  const values = new Float64Array(rows * outputs * features)
  const path = pathOf(longestPath(ensemble))
  for (let row = 0; row < rows; row++) {
    for (let tree = 0; tree < roots.length; tree++) {
      explainTree(ensemble, roots[tree]!, numbers, row * features, values, (row * outputs + outputOfTree[tree]!) * features, path)
    }
  }
  return { rows, outputs, features, values, base }
}

/** The unique features on the way down, one stretch of the columns a depth. */
interface Path {
  readonly stride: number
  /** Feature of each step; -1 the root's. */
  readonly feature: Int32Array
  /** Share of the other rows that go on where the feature is absent. */
  readonly absent: Float64Array
  /** 1 where x itself goes on, else 0. */
  readonly present: Float64Array
  /** Of the sets of each size among the steps, their summed permutation weight. */
  readonly weight: Float64Array
}

function pathOf(depth: number): Path {
  const stride = depth + 2
  const size = stride * stride
  return { stride, feature: new Int32Array(size), absent: new Float64Array(size), present: new Float64Array(size), weight: new Float64Array(size) }
}

function explainTree(ensemble: TreeEnsemble, root: number, numbers: ArrayLike<number>, row: number, values: Float64Array, to: number, path: Path): void {
  const { feature, left, right, value, cover } = ensemble
  const { stride } = path

  /** `steps` steps lie at `at`; the parent's, to be copied first, at `at - stride`. */
  const descend = (node: number, level: number, steps: number, absent: number, present: number, split: number): void => {
    const at = level * stride
    if (level > 0) for (const column of [path.feature, path.absent, path.present, path.weight]) column.copyWithin(at, at - stride, at - stride + steps)
    extend(path, at, steps, absent, present, split)
    let length = steps + 1
    const column = feature[node]!
    if (column < 0) {
      for (let step = 1; step < length; step++) {
        values[to + path.feature[at + step]!]! += unwoundSum(path, at, length, step) * (path.present[at + step]! - path.absent[at + step]!) * value[node]!
      }
      return
    }
    const hot = nextNode(ensemble, node, numbers[row + column]!)
    const cold = hot === left[node] ? right[node]! : left[node]!
    // A feature seen before: its old step is undone and goes into the new one.
    let absentBefore = 1
    let presentBefore = 1
    for (let step = 1; step < length; step++) {
      if (path.feature[at + step] !== column) continue
      absentBefore = path.absent[at + step]!
      presentBefore = path.present[at + step]!
      unwind(path, at, length, step)
      length--
      break
    }
    descend(hot, level + 1, length, (absentBefore * cover[hot]!) / cover[node]!, presentBefore, column)
    descend(cold, level + 1, length, (absentBefore * cover[cold]!) / cover[node]!, 0, column)
  }
  descend(root, 0, 0, 1, 1, -1)
}

function extend({ feature, absent, present, weight }: Path, at: number, steps: number, absentShare: number, presentShare: number, split: number): void {
  feature[at + steps] = split
  absent[at + steps] = absentShare
  present[at + steps] = presentShare
  weight[at + steps] = steps === 0 ? 1 : 0
  for (let size = steps - 1; size >= 0; size--) {
    weight[at + size + 1]! += (presentShare * weight[at + size]! * (size + 1)) / (steps + 1)
    weight[at + size] = (absentShare * weight[at + size]! * (steps - size)) / (steps + 1)
  }
}

/** Undoes `extend` of one step. */
function unwind({ feature, absent, present, weight }: Path, at: number, length: number, step: number): void {
  const last = length - 1
  const absentShare = absent[at + step]!
  const presentShare = present[at + step]!
  let next = weight[at + last]!
  for (let size = last - 1; size >= 0; size--) {
    if (presentShare !== 0) {
      const before = weight[at + size]!
      weight[at + size] = (next * length) / ((size + 1) * presentShare)
      next = before - (weight[at + size]! * absentShare * (last - size)) / length
    } else weight[at + size] = (weight[at + size]! * length) / (absentShare * (last - size))
  }
  for (let i = step; i < last; i++) {
    feature[at + i] = feature[at + i + 1]!
    absent[at + i] = absent[at + i + 1]!
    present[at + i] = present[at + i + 1]!
  }
}

/** The sum of the weights that `unwind` would leave. */
function unwoundSum({ absent, present, weight }: Path, at: number, length: number, step: number): number {
  const last = length - 1
  const absentShare = absent[at + step]!
  const presentShare = present[at + step]!
  let next = weight[at + last]!
  let sum = 0
  for (let size = last - 1; size >= 0; size--) {
    if (presentShare !== 0) {
      const own = (next * length) / ((size + 1) * presentShare)
      sum += own
      next = weight[at + size]! - (own * absentShare * (last - size)) / length
    } else if (absentShare !== 0) sum += (weight[at + size]! * length) / (absentShare * (last - size))
  }
  return sum
}

/** Cover-weighted mean of the leaves below each node. */
function coverMeans({ feature, left, right, value, cover }: TreeEnsemble): Float64Array {
  const means = value.slice()
  for (let node = feature.length - 1; node >= 0; node--) {
    if (feature[node]! < 0) continue
    if (!(cover[node]! > 0)) throw new LobError('LOB_MODEL', `treeShap: node ${node} has no cover; path-dependent values need the training's row counts: use interventionalTreeShap.`)
    means[node] = (cover[left[node]!]! * means[left[node]!]! + cover[right[node]!]! * means[right[node]!]!) / cover[node]!
  }
  return means
}

function longestPath({ feature, left, right }: TreeEnsemble): number {
  const depth = new Int32Array(feature.length)
  let deepest = 0
  for (let node = 0; node < feature.length; node++) {
    if (feature[node]! < 0) continue
    depth[left[node]!] = depth[right[node]!] = depth[node]! + 1
    deepest = Math.max(deepest, depth[node]! + 1)
  }
  return deepest
}
