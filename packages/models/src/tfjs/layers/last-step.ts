import type { LayerFor } from '../layer.js'

/** The newest step of a sequence [steps, width]; every step where the pass asks for all. */
export function lastStep(): LayerFor {
  return ([steps, width]) => ({
    name: 'last_step',
    weights: [],
    outputShape: [width!],
    forward: ({ tf, everyStep }, x) => (everyStep ? x : tf.squeeze(tf.slice(x, [0, x.shape[1]! - 1, 0], [-1, 1, -1]), [1])),
    onnx: ({ graph }, x) =>
      steps === 1 ? graph.node('Reshape', [x, graph.integers([-1, width!])]) : graph.node('Gather', [x, graph.node('Squeeze', [graph.integers([steps! - 1])])], { attributes: { axis: 1 } }),
  })
}
