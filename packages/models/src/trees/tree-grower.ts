import { bestSplit, type LeafSums, type Split, type SplitLimits } from './best-split.js'
import type { ColumnBins } from './column-bins.js'
import { fillHistogram, slotsPerBin, subtractHistogram } from './split-histogram.js'
import { missingRules, type TreeEnsemble } from './tree-ensemble.js'

export interface GrowthLimits extends SplitLimits {
  readonly leaves: number
  readonly maxDepth: number
}

/** One tree of its own numbering, root 0, children after parents. */
export type GrownTree = Pick<TreeEnsemble, 'feature' | 'threshold' | 'left' | 'right' | 'missing' | 'value' | 'cover'> & {
  /** Loss that each split took away, as its gain measures it; 0 at a leaf. */
  readonly gain: Float64Array
  /** The leaves' rows, as ranges of `order`. */
  readonly leaves: readonly { readonly node: number; readonly from: number; readonly to: number }[]
}

interface OpenLeaf {
  readonly node: number
  readonly from: number
  readonly to: number
  readonly depth: number
  readonly sums: LeafSums
  readonly histogram: Float64Array
  readonly split: Split | undefined
}

/**
 * Grows one tree.
 *
 * @param order Rows that train it, the first `count` of it; comes back sorted by leaf.
 * @param gradients Of each row, first derivative of the loss in the score.
 * @param hessians The second.
 * @param weights Of each row; undefined where each weighs 1.
 * @param columns Those that may be split on.
 */
export type GrowTree = (order: Int32Array, count: number, gradients: Float64Array, hessians: Float64Array, weights: Float64Array | undefined, columns: Int32Array) => GrownTree

/** Above every finite float: parts NaN from all numbers. */
const aboveAll = 3.4028234663852886e38

/**
 * Grows trees leaf by leaf, always at the leaf whose split gains most, as LightGBM does. Buffers are kept between trees.
 *
 * A node's value is -G / (H + l2), before any learning rate. Cost: a leaf's histogram is summed over the smaller child only.
 */
export function treeGrower(data: ColumnBins, limits: GrowthLimits): GrowTree {
  const { bins, rows, edges, offsets } = data
  const slots = offsets[offsets.length - 1]! * slotsPerBin
  const pool: Float64Array[] = []
  const spare = new Int32Array(rows)
  const gradientOf = new Float64Array(rows)
  const hessianOf = new Float64Array(rows)

  /** Parts the leaf's rows, each side in its old order; where the right side starts. */
  function partition(order: Int32Array, { from, to }: OpenLeaf, split: Split): number {
    const bin0 = split.column * rows
    const missingBin = edges[split.column]!.length + 1
    let left = from
    let kept = 0
    for (let i = from; i < to; i++) {
      const row = order[i]!
      const bin = bins[bin0 + row]!
      if (bin === missingBin ? split.missingLeft : bin <= split.bin) order[left++] = row
      else spare[kept++] = row
    }
    order.set(spare.subarray(0, kept), left)
    return left
  }

  return (order, count, gradients, hessians, weights, columns) => {
    const nodes = { feature: [] as number[], threshold: [] as number[], left: [] as number[], right: [] as number[], missing: [] as number[], value: [] as number[], gain: [] as number[] }
    const addNode = ({ gradient, hessian }: LeafSums): number => {
      const score = hessian + limits.l2 > 0 ? -gradient / (hessian + limits.l2) : 0
      for (const [of, start] of [[nodes.feature, -1], [nodes.threshold, 0], [nodes.left, -1], [nodes.right, -1], [nodes.missing, 0], [nodes.value, score], [nodes.gain, 0]] as const) of.push(start)
      return nodes.value.length - 1
    }
    const gather = (from: number, to: number): void => {
      for (let i = from; i < to; i++) {
        gradientOf[i] = gradients[order[i]!]!
        hessianOf[i] = hessians[order[i]!]!
      }
    }
    const open = (leaf: Omit<OpenLeaf, 'split'>): OpenLeaf => ({
      ...leaf,
      split: leaf.depth < limits.maxDepth && leaf.sums.rows >= 2 * limits.minLeafRows ? bestSplit(leaf.histogram, data, columns, leaf.sums, limits) : undefined,
    })
    const histogramOf = (from: number, to: number): Float64Array => {
      const histogram = pool.pop() ?? new Float64Array(slots)
      gather(from, to)
      fillHistogram(histogram, data, columns, order, from, to, gradientOf, hessianOf)
      return histogram
    }

    const rootHistogram = histogramOf(0, count)
    let gradient = 0
    let hessian = 0
    for (let i = 0; i < count; i++) {
      gradient += gradientOf[i]!
      hessian += hessianOf[i]!
    }
    const sums = { gradient, hessian, rows: count }
    const leaves = [open({ node: addNode(sums), from: 0, to: count, depth: 0, sums, histogram: rootHistogram })]
    while (leaves.length < limits.leaves) {
      let at = -1
      for (let i = 0; i < leaves.length; i++) if ((leaves[i]!.split?.gain ?? 0) > (at < 0 ? 0 : leaves[at]!.split!.gain)) at = i
      if (at < 0) break
      const leaf = leaves[at]!
      const split = leaf.split!
      const middle = partition(order, leaf, split)
      const left = addNode(split.left)
      const right = addNode(split.right)
      nodes.feature[leaf.node] = split.column
      nodes.threshold[leaf.node] = edges[split.column]![split.bin] ?? aboveAll
      nodes.left[leaf.node] = left
      nodes.right[leaf.node] = right
      nodes.missing[leaf.node] = missingRules.nanIsMissing + (split.missingLeft ? missingRules.goesLeft : 0)
      nodes.gain[leaf.node] = split.gain
      const leftIsSmall = split.left.rows <= split.right.rows
      const small = leftIsSmall ? histogramOf(leaf.from, middle) : histogramOf(middle, leaf.to)
      subtractHistogram(leaf.histogram, small)
      const depth = leaf.depth + 1
      leaves[at] = open({ node: left, from: leaf.from, to: middle, depth, sums: split.left, histogram: leftIsSmall ? small : leaf.histogram })
      leaves.push(open({ node: right, from: middle, to: leaf.to, depth, sums: split.right, histogram: leftIsSmall ? leaf.histogram : small }))
    }
    for (const { histogram } of leaves) pool.push(histogram)

    const cover = new Float64Array(nodes.value.length)
    for (const { node, from, to } of leaves) {
      if (weights === undefined) cover[node] = to - from
      else for (let i = from; i < to; i++) cover[node]! += weights[order[i]!]!
    }
    for (let node = cover.length - 1; node >= 0; node--) if (nodes.feature[node]! >= 0) cover[node] = cover[nodes.left[node]!]! + cover[nodes.right[node]!]!
    return {
      feature: Int32Array.from(nodes.feature),
      threshold: Float64Array.from(nodes.threshold),
      left: Int32Array.from(nodes.left),
      right: Int32Array.from(nodes.right),
      missing: Uint8Array.from(nodes.missing),
      value: Float64Array.from(nodes.value, (value, node) => (nodes.feature[node]! < 0 ? value : 0)),
      gain: Float64Array.from(nodes.gain),
      cover,
      leaves: leaves.map(({ node, from, to }) => ({ node, from, to })),
    }
  }
}
