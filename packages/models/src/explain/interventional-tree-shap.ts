import { LobError } from '@rxlob/core'
import { nextNode, type TreeEnsemble } from '../trees/tree-ensemble.js'
import { readInputs, treeRows, treeScores } from '../trees/tree-scores.js'
import type { Attributions } from './attributions.js'

/**
 * Exact SHAP values of boosted trees, interventional: absent features are those of background rows, one after another.
 *
 *   v(S) = mean over the background rows z of score(x on S, z elsewhere)
 *
 * Explains raw scores. base = mean score of the background. Unlike `treeShap` a feature that the trees never read gets exactly 0.
 * Cost: O(trees leaves) a row and background row; a hundred background rows say as much as thousands.
 *
 * @param inputs Row-major [rows, features]; NaN is missing.
 * @param background Row-major [count, features].
 * @throws {LobError} LOB_COLUMN_MISMATCH where either is not whole rows of the ensemble's features; LOB_BAD_OPTION without background.
 * @see Lundberg et al. (2020), Nature Machine Intelligence 2, supplementary algorithm 3; Janzing et al. (2020), AISTATS (why intervene)
 */
export function interventionalTreeShap(ensemble: TreeEnsemble, inputs: ArrayLike<number>, background: ArrayLike<number>): Attributions {
  const rows = treeRows(ensemble, inputs)
  const count = treeRows(ensemble, background)
  if (count === 0) throw new LobError('LOB_BAD_OPTION', 'interventionalTreeShap: expected one background row or more, got none.')
  const { features, outputs, roots, outputOfTree, feature, value } = ensemble
  const base = new Float64Array(outputs)
  treeScores(ensemble, background).forEach((score, at) => (base[at % outputs]! += score / count))
  const here = readInputs(ensemble, inputs)
  const there = readInputs(ensemble, background)
  const values = new Float64Array(rows * outputs * features)
  // Which of the two each feature comes from on the way to a leaf: 0 undecided, 1 x, 2 the background.
  const from = new Uint8Array(features)

  for (let row = 0; row < rows; row++) {
    for (let other = 0; other < count; other++) {
      for (let tree = 0; tree < roots.length; tree++) {
        const to = (row * outputs + outputOfTree[tree]!) * features
        const descend = (node: number, ours: number, theirs: number): void => {
          const column = feature[node]!
          if (column < 0) {
            if (ours + theirs === 0) return
            const own = (setWeight(ours - 1, theirs) * value[node]!) / count
            const lost = (setWeight(ours, theirs - 1) * value[node]!) / count
            for (let at = 0; at < features; at++) {
              if (from[at] === 1) values[to + at]! += own
              else if (from[at] === 2) values[to + at]! -= lost
            }
            return
          }
          const mine = nextNode(ensemble, node, here[row * features + column]!)
          const its = nextNode(ensemble, node, there[other * features + column]!)
          if (mine === its) descend(mine, ours, theirs)
          else if (from[column] === 1) descend(mine, ours, theirs)
          else if (from[column] === 2) descend(its, ours, theirs)
          else {
            for (const [side, child] of [[1, mine], [2, its]] as const) {
              from[column] = side
              descend(child, ours + (side === 1 ? 1 : 0), theirs + (side === 2 ? 1 : 0))
            }
            from[column] = 0
          }
        }
        descend(roots[tree]!, 0, 0)
      }
    }
  }
  return { rows, outputs, features, values, base }

  function setWeight(before: number, after: number): number {
    // before! after! / (before + after + 1)!
    if (before < 0 || after < 0) return 0
    let weight = 1 / (before + after + 1)
    for (let k = 1; k <= after; k++) weight *= k / (before + k)
    return weight
  }
}
