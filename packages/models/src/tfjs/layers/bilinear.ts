import type { LayerFor } from '../layer.js'

export interface BilinearOptions {
  readonly columns: number
  readonly steps: number
  /** Default none. */
  readonly maxNorm?: number
}

/**
 * A bilinear layer: ReLU(W1 X W2 + B), from [steps, columns] to others.
 *
 * Windows lie here with time first, so W1 is kept transposed [in columns, columns] and B is [steps, columns].
 *
 * @see Tran, Iosifidis, Kanniainen and Gabbouj (2019), IEEE TNNLS 30(5), equation 2
 */
export function bilinear(name: string, options: BilinearOptions): LayerFor {
  return (shape) => {
    const [fromSteps, fromColumns] = shape as [number, number]
    const { columns, steps } = options
    const limit = options.maxNorm === undefined ? {} : { maxNorm: options.maxNorm }
    const [first, second, offset] = [`${name}.columns`, `${name}.time`, `${name}.bias`]
    return {
      name,
      weights: [
        { name: first, shape: [fromColumns, columns], start: 'glorot', ...limit },
        { name: second, shape: [fromSteps, steps], start: 'glorot', ...limit },
        { name: offset, shape: [steps, columns], start: 0 },
      ],
      outputShape: [steps, columns],
      forward: ({ tf, weight }, x) => {
        const count = x.shape[0]!
        const mixed = tf.matMul(x.reshape([count * fromSteps, fromColumns]), weight(first)).reshape([count, fromSteps, columns])
        const timed = tf.matMul(tf.transpose(mixed, [0, 2, 1]).reshape([count * columns, fromSteps]), weight(second)).reshape([count, columns, steps])
        return tf.relu(tf.transpose(timed, [0, 2, 1]).add(weight(offset)))
      },
      onnx: ({ graph, values }, x) => {
        const turn = (tensor: string): string => graph.node('Transpose', [tensor], { attributes: { perm: { integers: [0, 2, 1] } } })
        const mixed = graph.node('MatMul', [x, graph.floats(values(first), [fromColumns, columns], first)])
        const timed = graph.node('MatMul', [turn(mixed), graph.floats(values(second), [fromSteps, steps], second)])
        return graph.node('Relu', [graph.node('Add', [turn(timed), graph.floats(values(offset), [steps, columns], offset)])])
      },
    }
  }
}
