import type { LayerFor } from '../layer.js'

/**
 * Adds to each step where it stands.
 *
 *   PE[p, 2i] = sin(p / 10000^(2i / d)),  PE[p, 2i + 1] = cos(p / 10000^(2i / d))
 *
 * @see Vaswani et al. (2017), arXiv 1706.03762, section 3.5
 */
export function positionEncoding(): LayerFor {
  return (shape) => {
    const [steps, width] = shape as [number, number]
    const table = positionTable(steps, width)
    return {
      name: 'position_encoding',
      weights: [],
      outputShape: shape,
      forward: ({ tf }, x) => x.add(tf.tensor(table, [1, steps, width])),
      onnx: ({ graph }, x) => graph.node('Add', [x, graph.floats(table, [1, steps, width])]),
    }
  }
}

/** Row-major [steps, width]. */
function positionTable(steps: number, width: number): Float32Array {
  return Float32Array.from({ length: steps * width }, (_, at) => {
    const column = at % width
    const angle = Math.floor(at / width) / 10000 ** ((column - (column % 2)) / width)
    return column % 2 === 0 ? Math.sin(angle) : Math.cos(angle)
  })
}
