import { LobError } from '@rxlob/core'
import { onnxGraph, type OnnxGraph } from '../onnx-graph/onnx-graph.js'
import type { OnnxModel } from '../onnx-graph/onnx-model.js'
import { missingRules, type TreeEnsemble } from './tree-ensemble.js'

/**
 * Boosted trees as an ONNX file: a TreeEnsembleRegressor gives the scores and their softmax, or the logistic function after it the probabilities.
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
  const scores = graph.node('TreeEnsembleRegressor', [input], { domain: 'ai.onnx.ml', attributes: { ...nodeAttributes(ensemble), n_targets: outputs, aggregate_function: 'SUM', post_transform: link === 'softmax' ? 'SOFTMAX' : 'NONE', base_values: { floats: ensemble.baseScores } } })
  const width = link === 'sigmoid' ? 2 : outputs
  const output = link === 'identity' ? 'value' : 'probabilities'
  graph.output(output, linked(graph, scores, link), ['count', width])
  return { bytes: graph.finish(), graph: { input, output, gives: output } }
}

function linked(graph: OnnxGraph, scores: string, link: TreeEnsemble['link']): string {
  // The trees' own node ends with the softmax; with the logistic function it would give one probability of two.
  if (link !== 'sigmoid') return scores
  const up = graph.node('Sigmoid', [scores])
  return graph.node('Concat', [graph.node('Sub', [graph.floats([1], []), up]), up], { attributes: { axis: 1 } })
}

/** Nodes tree by tree, numbered from each root. */
function nodeAttributes({ roots, outputOfTree, feature, threshold, left, right, missing, value }: TreeEnsemble): Record<string, readonly string[] | { readonly floats: number[] } | { readonly integers: number[] }> {
  const nodes = { treeids: [] as number[], nodeids: [] as number[], featureids: [] as number[], truenodeids: [] as number[], falsenodeids: [] as number[], missing_value_tracks_true: [] as number[] }
  const values: number[] = []
  const modes: string[] = []
  const targets = { treeids: [] as number[], nodeids: [] as number[], ids: [] as number[] }
  const weights: number[] = []
  for (const [tree, root] of roots.entries()) {
    const end = roots[tree + 1] ?? feature.length
    for (let node = root; node < end; node++) {
      const leaf = feature[node]! < 0
      if (!leaf && (missing[node]! & missingRules.zeroIsMissing) !== 0) {
        throw new LobError('LOB_MODEL', `Split ${node - root} of tree ${tree} treats zeros as missing, which ONNX cannot say: train with zero_as_missing=false, or predict with treesPredictor.`)
      }
      nodes.treeids.push(tree)
      nodes.nodeids.push(node - root)
      nodes.featureids.push(leaf ? 0 : feature[node]!)
      nodes.truenodeids.push(leaf ? 0 : left[node]! - root)
      nodes.falsenodeids.push(leaf ? 0 : right[node]! - root)
      const nanGoesLeft = (missing[node]! & missingRules.nanIsMissing) !== 0 ? (missing[node]! & missingRules.goesLeft) !== 0 : threshold[node]! >= 0
      nodes.missing_value_tracks_true.push(!leaf && nanGoesLeft ? 1 : 0)
      values.push(leaf ? 0 : floatBelow(threshold[node]!))
      modes.push(leaf ? 'LEAF' : 'BRANCH_LEQ')
      if (!leaf) continue
      targets.treeids.push(tree)
      targets.nodeids.push(node - root)
      targets.ids.push(outputOfTree[tree]!)
      weights.push(value[node]!)
    }
  }
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
