/** How the raw scores of an ensemble become what it predicts. */
export type TreeLink = 'softmax' | 'sigmoid' | 'identity'

/**
 * Boosted trees as columns of numbers, whoever trained them.
 *
 *   score_k(x) = baseScores_k + sum over the trees t with outputOfTree_t = k of value[leaf of x in t]
 *
 * Nodes of all trees lie one after another, each tree from its root down (a node, its left side, its right side), so no walk can turn in circles.
 * Read by `treeScores`, explained by `treeShap`. All are built by `orderedTree`, which checks them.
 */
export interface TreeEnsemble {
  /** `softmax`: a probability an output. `sigmoid`: one output, the log odds of class 1 against class 0. `identity`: one output, the value. */
  readonly link: TreeLink
  /** Numbers in one row of inputs. */
  readonly features: number
  /** Their names, where the training knew them: a predictor then refuses other columns. */
  readonly featureNames?: readonly string[]
  /** Raw scores: the classes of `softmax`, 1 otherwise. */
  readonly outputs: number
  /** `single`: inputs are rounded to 32-bit floats before they are compared, as XGBoost and our own training do; LightGBM compares doubles. */
  readonly precision: 'single' | 'double'
  /** [outputs] */
  readonly baseScores: Float64Array
  /** `[trees]`: node number of each root, ascending. */
  readonly roots: Int32Array
  /** [trees] */
  readonly outputOfTree: Int32Array
  /** `[nodes]`: the feature that a split looks at; -1 at a leaf. */
  readonly feature: Int32Array
  /** `[nodes]`: a split sends x <= threshold to the left. */
  readonly threshold: Float64Array
  /** `[nodes]`: node numbers; -1 at a leaf. */
  readonly left: Int32Array
  readonly right: Int32Array
  /** `[nodes]`: sum of `missingRules`. */
  readonly missing: Uint8Array
  /** `[nodes]`: added to the score by a leaf; 0 at a split. */
  readonly value: Float64Array
  /** `[nodes]`: weight of the training rows that came through: the weights of path-dependent TreeSHAP. */
  readonly cover: Float64Array
}

/** What a split does with missing numbers. Without `nanIsMissing` a NaN is read as 0. */
export const missingRules = {
  /** Missing goes left; without it, right. */
  goesLeft: 1,
  nanIsMissing: 2,
  /** LightGBM's `zero_as_missing`: within 1e-35 of 0. */
  zeroIsMissing: 4,
} as const

/** LightGBM's kZeroThreshold. */
const zeroReach = Math.fround(1e-35)

/** The child that `x` goes to. */
export function nextNode({ threshold, left, right, missing }: Pick<TreeEnsemble, 'threshold' | 'left' | 'right' | 'missing'>, node: number, x: number): number {
  let read = x
  const rule = missing[node]!
  let absent = false
  if (Number.isNaN(x)) {
    if ((rule & missingRules.nanIsMissing) !== 0) absent = true
    else read = 0
  }
  if ((rule & missingRules.zeroIsMissing) !== 0 && Math.abs(read) <= zeroReach) absent = true
  if (absent) return (rule & missingRules.goesLeft) !== 0 ? left[node]! : right[node]!
  return read <= threshold[node]! ? left[node]! : right[node]!
}
