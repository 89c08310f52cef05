import type { TreeEnsemble } from './tree-ensemble.js'

type NodeColumns = Pick<TreeEnsemble, 'feature' | 'threshold' | 'left' | 'right' | 'missing' | 'value' | 'cover'>

export type EnsembleHead = Pick<TreeEnsemble, 'link' | 'features' | 'featureNames' | 'outputs' | 'precision' | 'baseScores'>

/** One tree whose nodes are numbered from 0, the root, children after parents. */
export type NumberedTree = { readonly [Name in keyof NodeColumns]: ArrayLike<number> } & { readonly output: number }

/** Trees one after another in the columns of an ensemble. */
export function joinedTrees(head: EnsembleHead, trees: readonly NumberedTree[]): TreeEnsemble {
  const roots = new Int32Array(trees.length)
  let nodes = 0
  trees.forEach((tree, at) => {
    roots[at] = nodes
    nodes += tree.value.length
  })
  const joined: TreeEnsemble = {
    ...head,
    roots,
    outputOfTree: Int32Array.from(trees, ({ output }) => output),
    feature: new Int32Array(nodes),
    threshold: new Float64Array(nodes),
    left: new Int32Array(nodes),
    right: new Int32Array(nodes),
    missing: new Uint8Array(nodes),
    value: new Float64Array(nodes),
    cover: new Float64Array(nodes),
  }
  trees.forEach((tree, at) => {
    const root = roots[at]!
    for (const name of ['feature', 'threshold', 'missing', 'value', 'cover'] as const) joined[name].set(tree[name], root)
    for (const name of ['left', 'right'] as const) {
      for (let node = 0; node < tree[name].length; node++) joined[name][root + node] = tree[name][node]! < 0 ? -1 : root + tree[name][node]!
    }
  })
  return joined
}
