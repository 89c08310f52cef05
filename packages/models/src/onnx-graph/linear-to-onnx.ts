import { LobError } from '@rxlob/core'
import { onnxGraph } from './onnx-graph.js'
import type { OnnxModel } from './onnx-model.js'

export interface LinearModel {
  /** Row-major [classes - 1, columns]: log odds of class k + 1 against class 0, as `fitLogistic` gives them. */
  readonly weights: ArrayLike<number>
  readonly columns: number
  /** Column of ones in the fit, whose weight is the intercept; the graph takes the others, in their order. Default none. */
  readonly interceptColumn?: number
}

/**
 * A multinomial logistic regression as an ONNX file: `input` [count, columns] to `probabilities` [count, classes].
 *
 * @throws {LobError} LOB_BAD_OPTION where the weights are no whole rows.
 * @example
 * linearToOnnx({ weights: fitLogistic(problem).weights, columns: 8, interceptColumn: 0 })
 */
export function linearToOnnx({ weights, columns, interceptColumn = -1 }: LinearModel): OnnxModel {
  const free = weights.length / columns
  if (!Number.isInteger(free) || free < 1) throw new LobError('LOB_BAD_OPTION', `Option weights: expected rows of ${columns} numbers, got ${weights.length} numbers.`)
  const kept = Array.from({ length: columns }, (_, column) => column).filter((column) => column !== interceptColumn)
  const classes = free + 1
  const graph = onnxGraph('logistic-regression')
  const input = graph.input('input', ['count', kept.length])
  const kernel = kept.flatMap((column) => [0, ...Array.from({ length: free }, (_, k) => weights[k * columns + column]!)])
  const bias = [0, ...Array.from({ length: free }, (_, k) => (interceptColumn < 0 ? 0 : weights[k * columns + interceptColumn]!))]
  const scores = graph.node('Add', [graph.node('MatMul', [input, graph.floats(kernel, [kept.length, classes], 'weights')]), graph.floats(bias, [classes], 'intercepts')])
  graph.output('probabilities', graph.node('Softmax', [scores], { attributes: { axis: -1 } }), ['count', classes])
  return { bytes: graph.finish(), graph: { input, output: 'probabilities', gives: 'probabilities' } }
}
