import type { LayerFor } from '../layer.js'
import { activation, type Activation } from './activation.js'
import { sliceColumns } from './slice-columns.js'

export interface DenseOptions {
  readonly units: number
  /** Default none. */
  readonly activation?: Activation
}

/**
 * A fully connected layer over the last axis.
 *
 *   y = act(x W + b)      W [in, units], b [units]
 */
export function dense(name: string, options: DenseOptions): LayerFor {
  return (shape) => {
    const width = shape.at(-1)!
    const { units } = options
    const act = activation(options.activation ?? 'none')
    return {
      name,
      weights: [
        { name: `${name}.kernel`, shape: [width, units], start: 'glorot' },
        { name: `${name}.bias`, shape: [units], start: 0 },
      ],
      outputShape: [...shape.slice(0, -1), units],
      forward: ({ tf, weight }, x) => {
        const rows = x.size / width
        const product = tf.matMul(x.rank === 2 ? x : x.reshape([rows, width]), weight(`${name}.kernel`))
        const y = act.forward(tf, product.add(weight(`${name}.bias`)))
        return x.rank === 2 ? y : y.reshape([...x.shape.slice(0, -1), units])
      },
      onnx: ({ graph, values }, x) => {
        const product = graph.node('MatMul', [x, graph.floats(values(`${name}.kernel`), [width, units], `${name}.kernel`)])
        return act.onnx(graph, graph.node('Add', [product, graph.floats(values(`${name}.bias`), [units], `${name}.bias`)]))
      },
      slice: (values, from, to) => ({
        [`${name}.kernel`]: sliceColumns(values[`${name}.kernel`]!, units, from, to),
        [`${name}.bias`]: values[`${name}.bias`]!.slice(from, to),
      }),
    }
  }
}
