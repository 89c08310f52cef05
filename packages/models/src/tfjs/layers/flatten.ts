import type { LayerFor } from '../layer.js'

/** All numbers of a window in one row, oldest step first. */
export function flatten(): LayerFor {
  return (shape) => {
    const width = shape.reduce((product, size) => product * size, 1)
    return {
      name: 'flatten',
      weights: [],
      outputShape: [width],
      forward: (_, x) => x.reshape([x.shape[0]!, width]),
      onnx: ({ graph }, x) => graph.node('Reshape', [x, graph.integers([0, width])]),
    }
  }
}
