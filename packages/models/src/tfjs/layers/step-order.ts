import type { OnnxGraph } from '../../onnx-graph/onnx-graph.js'

/** [count, steps, width] as recurrent operators of ONNX read it, [steps, count, width]. A single step lies in memory alike, and is not moved. */
export const stepsFirst = (graph: OnnxGraph, x: string, steps: number, width: number): string =>
  steps === 1 ? graph.node('Reshape', [x, graph.integers([1, -1, width])]) : graph.node('Transpose', [x], { attributes: { perm: { integers: [1, 0, 2] } } })

/**
 * The outputs of such an operator, y [steps, 1, count, width] and the newest step [1, count, width], as [count, steps, width]. A single step is left as it is:
 * recurrent layers and `lastStep` read it in either order.
 */
export const windowsFirst = (graph: OnnxGraph, y: string, newest: string, steps: number): string =>
  steps === 1 ? newest : graph.node('Transpose', [graph.node('Squeeze', [y, graph.integers([1])])], { attributes: { perm: { integers: [1, 0, 2] } } })
