import { LobError } from '@rxlob/core'
import { onnxGraph, type OnnxGraph } from '../onnx-graph/onnx-graph.js'
import type { OnnxModel, OnnxState } from '../onnx-graph/onnx-model.js'
import type { ExportPass, Layer } from './layer.js'
import { networkOf, type TrainedNet } from './trained-net.js'

export interface ToOnnxOptions {
  /**
   * `window`: windows [count, length, columns] to probabilities [count, classes]. `step`, for recurrent nets: rows [count, 1, columns] and a state [1, count, width]
   * to probabilities and the state after: the states of all layers side by side, for each tensor in and out costs some microseconds. Default `window`.
   */
  readonly form?: 'window' | 'step'
}

/**
 * A trained net as an ONNX file (opset 17): the same arithmetic, in floats, with probabilities as output.
 *
 * Of a net with several targets choose one by `netOf`. Scaling is not in the graph: `InputSpec.scaler` is applied before, in double precision.
 *
 * @throws {LobError} LOB_BAD_OPTION where the net has several targets, or the `step` form is asked of a net without a state.
 * @see https://onnx.ai/onnx/operators
 */
export function toOnnx(net: TrainedNet, options: ToOnnxOptions = {}): OnnxModel {
  const { form = 'window' } = options
  const names = Object.keys(net.targets)
  if (names.length !== 1) throw new LobError('LOB_BAD_OPTION', `toOnnx: the net has the targets ${names.join(', ')}; choose one with netOf(net, target).`)
  if (form === 'step' && net.architecture.feeding !== 'carried') throw new LobError('LOB_BAD_OPTION', `toOnnx: ${net.architecture.name} was not trained with a carried state, so it cannot be stepped; leave form out.`)
  const layers = networkOf(form === 'step' ? { ...net, input: { ...net.input, length: 1 } } : net)
  const graph = onnxGraph(net.architecture.name)
  const input = graph.input('input', ['count', layers.length, layers.columns])
  const carried = form === 'step' ? layers.layers.flatMap(({ states = [] }) => states) : []
  const width = carried.reduce((sum, state) => sum + state.width, 0)
  const before = splitState(graph, carried, width)
  const after = new Map<string, string>()
  const pass: ExportPass = {
    graph,
    values: (name) => net.weights[name]!,
    state: (name) => before.get(name),
    keepState: (name, tensor) => void after.set(name, tensor),
  }
  const logits = written(layers.layers).reduce((x, write) => write(pass, x), input)
  graph.output('probabilities', graph.node('Softmax', [logits], { attributes: { axis: -1 } }), ['count', layers.outputs])
  if (form === 'window') return { bytes: graph.finish(), graph: { input, output: 'probabilities', gives: 'probabilities' } }
  graph.output(state.output, graph.node('Concat', carried.map(({ name }) => after.get(name)!), { attributes: { axis: 2 } }), [1, 'count', width])
  return { bytes: graph.finish(), graph: { input, output: 'probabilities', gives: 'probabilities', states: [state] } }
}

/** How each layer is written. Where the newest step alone is kept, the layer before need not compute the others. */
function written(layers: readonly Layer[]): Layer['onnx'][] {
  const keeper = layers.findIndex(({ name }) => name === 'last_step')
  const newest = layers[keeper - 1]?.onnxNewest
  if (newest === undefined) return layers.map(({ onnx }) => onnx)
  return [...layers.slice(0, keeper - 1).map(({ onnx }) => onnx), newest, ...layers.slice(keeper + 1).map(({ onnx }) => onnx)]
}

const state: OnnxState = { input: 'state', output: 'state.next' }

/** By name, the part of the state that is a layer's own; none in the `window` form. */
function splitState(graph: OnnxGraph, carried: readonly { readonly name: string; readonly width: number }[], width: number): Map<string, string> {
  if (carried.length === 0) return new Map()
  const whole = graph.input(state.input, [1, 'count', width])
  if (carried.length === 1) return new Map([[carried[0]!.name, whole]])
  const parts = graph.nodes('Split', [whole, graph.integers(carried.map((part) => part.width))], { attributes: { axis: 2 }, outputs: carried.length })
  return new Map(carried.map(({ name }, at) => [name, parts[at]!]))
}
