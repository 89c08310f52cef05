import type { LayerFor } from '../layer.js'
import { sliceColumns } from './slice-columns.js'

export interface TemporalAttentionOptions {
  readonly units: number
  /** Default none. */
  readonly maxNorm?: number
}

/**
 * A bilinear layer that weighs the steps of each of its rows (TABL), from [steps, columns] to [units].
 *
 *   Y = W1 X;  A = softmax over time of Y W, diag(W) fixed to 1 / steps;  (l Y + (1 - l) Y A) W2 + B        l in [0, 1]
 *
 * The weights A are shown as `<name>.attention`, [count, units, steps].
 *
 * @see Tran, Iosifidis, Kanniainen and Gabbouj (2019), IEEE TNNLS 30(5), equations 5 to 8
 */
export function temporalAttention(name: string, options: TemporalAttentionOptions): LayerFor {
  return (shape) => {
    const [steps, columns] = shape as [number, number]
    const { units } = options
    const limit = options.maxNorm === undefined ? {} : { maxNorm: options.maxNorm }
    const part = (suffix: string): string => `${name}.${suffix}`
    const off = Float32Array.from({ length: steps * steps }, (_, at) => (at % (steps + 1) === 0 ? 0 : 1))
    const fixed = off.map((value) => (1 - value) / steps)
    return {
      name,
      weights: [
        { name: part('columns'), shape: [columns, units], start: 'glorot', ...limit },
        { name: part('scores'), shape: [steps, steps], start: 1 / steps, ...limit },
        { name: part('share'), shape: [1], start: 0.5, bounds: [0, 1] },
        { name: part('time'), shape: [steps, 1], start: 'glorot', ...limit },
        { name: part('bias'), shape: [units], start: 0 },
      ],
      outputShape: [units],
      forward: ({ tf, weight, show }, x) => {
        const count = x.shape[0]!
        const mixed = tf.matMul(x.reshape([count * steps, columns]), weight(part('columns'))).reshape([count, steps, units])
        const rows = tf.transpose(mixed, [0, 2, 1]).reshape([count * units, steps])
        const scores = weight(part('scores')).mul(tf.tensor(off, [steps, steps])).add(tf.tensor(fixed, [steps, steps]))
        const attention = tf.softmax(tf.matMul(rows, scores))
        show(part('attention'), attention.reshape([count, units, steps]))
        const share = weight(part('share'))
        const seen = rows.mul(share).add(rows.mul(attention).mul(tf.sub(1, share)))
        return tf.matMul(seen, weight(part('time'))).reshape([count, units]).add(weight(part('bias')))
      },
      onnx: ({ graph, values }, x) => {
        const mixed = graph.node('MatMul', [x, graph.floats(values(part('columns')), [columns, units], part('columns'))])
        const rows = graph.node('Transpose', [mixed], { attributes: { perm: { integers: [0, 2, 1] } } })
        const scores = values(part('scores')).map((value, at) => value * off[at]! + fixed[at]!)
        const attention = graph.node('Softmax', [graph.node('MatMul', [rows, graph.floats(scores, [steps, steps], part('scores'))])], { attributes: { axis: -1 } })
        const share = values(part('share'))[0]!
        const plain = graph.node('Mul', [rows, graph.floats([share], [])])
        const weighed = graph.node('Mul', [graph.node('Mul', [rows, attention]), graph.floats([1 - share], [])])
        const timed = graph.node('MatMul', [graph.node('Add', [plain, weighed]), graph.floats(values(part('time')), [steps, 1], part('time'))])
        return graph.node('Add', [graph.node('Squeeze', [timed, graph.integers([2])]), graph.floats(values(part('bias')), [units], part('bias'))])
      },
      slice: (values, from, to) => ({
        ...values,
        [part('columns')]: sliceColumns(values[part('columns')]!, units, from, to),
        [part('bias')]: values[part('bias')]!.slice(from, to),
      }),
    }
  }
}
