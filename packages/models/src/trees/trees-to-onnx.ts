import { LobError } from '@rxlob/core'
import { onnxGraph, type OnnxGraph } from '../onnx-graph/onnx-graph.js'
import type { OnnxModel } from '../onnx-graph/onnx-model.js'
import { missingRules, type TreeEnsemble } from './tree-ensemble.js'

/**
 * Boosted trees as an ONNX file: a TreeEnsembleRegressor an output gives the scores, their softmax or logistic function the probabilities.
 *
 * Input `input`, `[count, features]`: for windows every number, oldest row first. Every split decides as ours does on 32-bit inputs: thresholds are rounded down to floats, never up.
 * Scores are summed in floats, so outputs agree to 1e-5.
 *
 * @throws {LobError} LOB_MODEL where a split treats zeros as missing, for which ONNX has no word.
 * @see https://onnx.ai/onnx/operators/onnx_aionnxml_TreeEnsembleRegressor.html
 */
export function treesToOnnx(ensemble: TreeEnsemble): OnnxModel {
  const { features, link, outputs } = ensemble
  const graph = onnxGraph('boosted-trees')
  const input = graph.input('input', ['count', features])
  const scores = Array.from(ensemble.baseScores, (base, output) =>
    graph.node('TreeEnsembleRegressor', [input], { domain: 'ai.onnx.ml', attributes: { ...nodeAttributes(ensemble, output), n_targets: 1, aggregate_function: 'SUM', post_transform: 'NONE', base_values: { floats: [base] } } }),
  )
  const width = link === 'sigmoid' ? 2 : outputs
  const output = link === 'identity' ? 'value' : 'probabilities'
  graph.output(output, linked(graph, scores, link), ['count', width])
  return { bytes: graph.finish(), graph: { input, output, gives: output } }
}

function linked(graph: OnnxGraph, scores: readonly string[], link: TreeEnsemble['link']): string {
  const [only] = scores
  if (link === 'softmax') return graph.node('Softmax', [graph.node('Concat', scores, { attributes: { axis: 1 } })], { attributes: { axis: 1 } })
  if (link === 'identity') return only!
  // The trees' own node would give one probability of two.
  const up = graph.node('Sigmoid', [only!])
  return graph.node('Concat', [graph.node('Sub', [graph.floats([1], []), up]), up], { attributes: { axis: 1 } })
}

/**
 * The trees of one output, node by node, numbered from each root. With all outputs in one operator ONNX Runtime looks up every leaf's weight in a second table,
 * which is a quarter of the time of a window.
 */
function nodeAttributes({ roots, outputOfTree, feature, threshold, left, right, missing, value }: TreeEnsemble, output: number): Record<string, readonly string[] | { readonly floats: number[] } | { readonly integers: number[] }> {
  const nodes = { treeids: [] as number[], nodeids: [] as number[], featureids: [] as number[], truenodeids: [] as number[], falsenodeids: [] as number[], missing_value_tracks_true: [] as number[] }
  const values: number[] = []
  const modes: string[] = []
  const targets = { treeids: [] as number[], nodeids: [] as number[], ids: [] as number[] }
  const weights: number[] = []
  const add = (tree: number, node: number, mode: 'LEAF' | 'BRANCH_LEQ', column: number, limit: number, yes: number, no: number, nanGoesLeft: boolean): void => {
    for (const [of, integer] of [[nodes.treeids, tree], [nodes.nodeids, node], [nodes.featureids, column], [nodes.truenodeids, yes], [nodes.falsenodeids, no], [nodes.missing_value_tracks_true, Number(nanGoesLeft)]] as const) of.push(integer)
    values.push(limit)
    modes.push(mode)
  }
  const addLeaf = (tree: number, node: number, weight: number): void => {
    add(tree, node, 'LEAF', 0, 0, 0, 0, false)
    for (const [of, integer] of [[targets.treeids, tree], [targets.nodeids, node], [targets.ids, 0]] as const) of.push(integer)
    weights.push(weight)
  }
  for (const [tree, root] of roots.entries()) {
    if (outputOfTree[tree] !== output) continue
    const end = roots[tree + 1] ?? feature.length
    for (let node = root; node < end; node++) {
      if (feature[node]! < 0) {
        addLeaf(tree, node - root, value[node]!)
        continue
      }
      const rule = missing[node]!
      if ((rule & missingRules.zeroIsMissing) !== 0) {
        throw new LobError('LOB_MODEL', `Split ${node - root} of tree ${tree} treats zeros as missing, which ONNX cannot say: train with zero_as_missing=false, or predict with treesPredictor.`)
      }
      const nanGoesLeft = (rule & missingRules.nanIsMissing) !== 0 ? (rule & missingRules.goesLeft) !== 0 : threshold[node]! >= 0
      add(tree, node - root, 'BRANCH_LEQ', feature[node]!, floatBelow(threshold[node]!), left[node]! - root, right[node]! - root, nanGoesLeft)
    }
  }
  // An output without trees has its base score alone, which the operator gives only beside a tree.
  if (values.length === 0) addLeaf(0, 0, 0)
  return {
    ...Object.fromEntries(Object.entries(nodes).map(([name, integers]) => [`nodes_${name}`, { integers }])),
    nodes_values: { floats: values },
    nodes_modes: modes,
    ...Object.fromEntries(Object.entries(targets).map(([name, integers]) => [`target_${name}`, { integers }])),
    target_weights: { floats: weights },
  }
}

const float = new Float32Array(1)
const bits = new Int32Array(float.buffer)

/** The largest float that is not above `value`: a float is at most `value` just where it is at most this. */
function floatBelow(value: number): number {
  float[0] = value
  if (float[0]! <= value) return float[0]!
  if (float[0]! > 0) bits[0]!--
  else if (float[0]! < 0) bits[0]!++
  else bits[0] = -0x7fffffff
  return float[0]!
}
