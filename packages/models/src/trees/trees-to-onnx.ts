import { LobError } from '@rxlob/core'
import { onnxGraph, type OnnxGraph } from '../onnx-graph/onnx-graph.js'
import { missingRules, type TreeEnsemble } from './tree-ensemble.js'

/** A tree ensemble as a file, with its tensors by name as a model manifest has them. */
export interface OnnxTrees {
  /** The file's content. */
  readonly bytes: Uint8Array
  readonly graph: { readonly input: string; readonly output: string; readonly gives: 'probabilities' | 'value' }
}

/**
 * Boosted trees as an ONNX file: windows [count, features] to probabilities [count, classes], or values [count, 1].
 *
 * One TreeEnsembleRegressor for the raw scores, then softmax or sigmoid. ONNX compares 32-bit floats: thresholds are rounded down to the float
 * below, so that floats go where they go in `treesPredictor`; values are rounded to floats. Windows without NaN alone, as predictors get them.
 *
 * @throws {LobError} LOB_MODEL where a split reads zeros as missing (LightGBM's `zero_as_missing`), which ONNX cannot say.
 * @see https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleRegressor.html
 */
export function treesToOnnx(ensemble: TreeEnsemble): OnnxTrees {
  const { link, outputs, features } = ensemble
  if (ensemble.missing.some((rule) => (rule & missingRules.zeroIsMissing) !== 0)) {
    throw new LobError('LOB_MODEL', 'treesToOnnx: a split reads zeros as missing, which ONNX cannot say; train without zero_as_missing, or use treesPredictor.')
  }
  const graph = onnxGraph('trees')
  const input = graph.input('input', ['count', features])
  const scores = rawScores(graph, ensemble, input)
  if (link === 'identity') {
    graph.output('mean', scores, ['count', 1])
    return { bytes: graph.finish(), graph: { input, output: 'mean', gives: 'value' } }
  }
  const shares = link === 'softmax' ? graph.node('Softmax', [scores], { attributes: { axis: -1 } }) : bothClasses(graph, scores)
  graph.output('probabilities', shares, ['count', link === 'softmax' ? outputs : 2])
  return { bytes: graph.finish(), graph: { input, output: 'probabilities', gives: 'probabilities' } }
}

/** [count, 1] log odds of class 1 to [count, 2]. */
function bothClasses(graph: OnnxGraph, odds: string): string {
  const up = graph.node('Sigmoid', [odds])
  const down = graph.node('Sigmoid', [graph.node('Neg', [odds])])
  return graph.node('Concat', [down, up], { attributes: { axis: 1 } })
}

function rawScores(graph: OnnxGraph, ensemble: TreeEnsemble, input: string): string {
  const { roots, outputOfTree, feature, threshold, left, right, value, outputs } = ensemble
  const nodes = feature.length
  const treeOf = new Int32Array(nodes)
  roots.forEach((root, tree) => treeOf.fill(tree, root, roots[tree + 1] ?? nodes))
  const own = (node: number, other: number): number => other - roots[treeOf[node]!]!
  const all = Array.from({ length: nodes }, (_, node) => node)
  const leaves = all.filter((node) => feature[node]! < 0)
  const isLeaf = (node: number): boolean => feature[node]! < 0
  return graph.node('TreeEnsembleRegressor', [input], {
    domain: 'ai.onnx.ml',
    attributes: {
      n_targets: outputs,
      aggregate_function: 'SUM',
      post_transform: 'NONE',
      base_values: { floats: ensemble.baseScores },
      nodes_treeids: { integers: [...treeOf] },
      nodes_nodeids: { integers: all.map((node) => own(node, node)) },
      nodes_modes: all.map((node) => (isLeaf(node) ? 'LEAF' : 'BRANCH_LEQ')),
      nodes_featureids: { integers: all.map((node) => Math.max(0, feature[node]!)) },
      nodes_values: { floats: all.map((node) => (isLeaf(node) ? 0 : floatBelow(threshold[node]!))) },
      nodes_truenodeids: { integers: all.map((node) => (isLeaf(node) ? 0 : own(node, left[node]!))) },
      nodes_falsenodeids: { integers: all.map((node) => (isLeaf(node) ? 0 : own(node, right[node]!))) },
      target_treeids: { integers: leaves.map((node) => treeOf[node]!) },
      target_nodeids: { integers: leaves.map((node) => own(node, node)) },
      target_ids: { integers: leaves.map((node) => outputOfTree[treeOf[node]!]!) },
      target_weights: { floats: leaves.map((node) => value[node]!) },
    },
  })
}

const float = new Float32Array(1)
const bits = new Int32Array(float.buffer)

/** The largest 32-bit float that is not above `x`: a float is at or below the one exactly where it is at or below the other. */
function floatBelow(x: number): number {
  float[0] = x
  if (float[0] <= x) return float[0]
  // Floats of a sign are ordered as their bits are; a rounded number that is above x is not -Infinity.
  if (float[0] > 0) bits[0]!--
  else if (float[0] === 0) float[0] = -1.401298464324817e-45
  else bits[0]!++
  return float[0]
}
