import { LobError } from '@rxlob/core'
import { onnxGraph } from '../onnx-graph/onnx-graph.js'
import type { OnnxModel, OnnxState } from '../onnx-graph/onnx-model.js'
import type { ExportPass } from './layer.js'
import { networkOf, type TrainedNet } from './trained-net.js'

export interface ToOnnxOptions {
  /**
   * `window`: windows [count, length, columns] to probabilities [count, classes]. `step`, for recurrent nets: rows [count, 1, columns] and states [1, count, width]
   * to probabilities and the states after. Default `window`.
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
  const states: OnnxState[] = []
  const finished: (() => void)[] = []
  const pass: ExportPass = {
    graph,
    stateful: form === 'step',
    values: (name) => net.weights[name]!,
    state: (name, width) => (form === 'step' ? graph.input(name, [1, 'count', width]) : undefined),
    keepState: (name, tensor) => {
      if (form !== 'step') return
      const output = `${name}.next`
      const [layer, part] = [name.slice(0, name.lastIndexOf('.')), name.slice(name.lastIndexOf('.') + 1)]
      const width = layers.weights.find((spec) => spec.name === `${layer}.recurrent`)!.shape[0]!
      states.push({ input: `${layer}.${part}`, output })
      finished.push(() => graph.output(output, tensor, [1, 'count', width]))
    },
  }
  const logits = layers.layers.reduce((x, layer) => layer.onnx(pass, x), input)
  graph.output('probabilities', graph.node('Softmax', [logits], { attributes: { axis: -1 } }), ['count', layers.outputs])
  for (const finish of finished) finish()
  return { bytes: graph.finish(), graph: { input, output: 'probabilities', gives: 'probabilities', ...(form === 'step' && { states }) } }
}
