import type { LayerFor } from '../layer.js'
import type { OnnxGraph } from '../../onnx-graph/onnx-graph.js'
import type { Tensor, Tf } from '../runtime.js'

/** Variances below this square count as none: the deviation is taken as 1. */
const leastVariance = 1e-8

/**
 * Bilinear input normalisation (BiN): each window is normalised by its own steps and by its own columns, and the two are mixed by learned weights.
 *
 *   Zt = (X - mean over time) / std over time,  Zf = (X - mean over columns) / std over columns        (std with n - 1)
 *   y1 (lf[t] Zf + Bf[t]) + y2 (lt[d] Zt + Bt[d])        y1, y2 >= 0, 0.5 at the start
 *
 * Shape: [steps, columns] to the same; 2 columns + 2 steps + 2 parameters. No statistic of the training data is used.
 *
 * @see Tran, Kanniainen, Gabbouj and Iosifidis (2021), ICPR, arXiv 2003.00598
 */
export function bilinearNormalisation(name: string): LayerFor {
  return (shape) => {
    const [steps, columns] = shape as [number, number]
    const part = (suffix: string): string => `${name}.${suffix}`
    const mixing: [number, number] = [0, Infinity]
    return {
      name,
      weights: [
        { name: part('column_scale'), shape: [steps, 1], start: 1 },
        { name: part('column_offset'), shape: [steps, 1], start: 0 },
        { name: part('time_scale'), shape: [1, columns], start: 1 },
        { name: part('time_offset'), shape: [1, columns], start: 0 },
        { name: part('column_share'), shape: [1], start: 0.5, bounds: mixing },
        { name: part('time_share'), shape: [1], start: 0.5, bounds: mixing },
      ],
      outputShape: shape,
      forward: ({ tf, weight }, x) => {
        const overTime = standardised(tf, x, 1).mul(weight(part('time_scale'))).add(weight(part('time_offset')))
        const overColumns = standardised(tf, x, 2).mul(weight(part('column_scale'))).add(weight(part('column_offset')))
        return overColumns.mul(weight(part('column_share'))).add(overTime.mul(weight(part('time_share'))))
      },
      onnx: ({ graph, values }, x) => {
        const scaled = (z: string, which: 'time' | 'column', size: number[]): string => {
          const constant = (suffix: string, form: number[]): string => graph.floats(values(part(`${which}_${suffix}`)), form, part(`${which}_${suffix}`))
          const y = graph.node('Add', [graph.node('Mul', [z, constant('scale', size)]), constant('offset', size)])
          return graph.node('Mul', [y, constant('share', [1])])
        }
        const overTime = scaled(standardisedOnnx(graph, x, 1, steps), 'time', [1, columns])
        return graph.node('Add', [scaled(standardisedOnnx(graph, x, 2, columns), 'column', [steps, 1]), overTime])
      },
    }
  }
}

function standardised(tf: Tf, x: Tensor, axis: 1 | 2): Tensor {
  const away = x.sub(tf.mean(x, axis, true))
  const variance = tf.sum(tf.square(away), axis, true).div(Math.max(1, x.shape[axis]! - 1))
  // A comparison has no gradient in TensorFlow.js, not even of 0; a step has.
  const isSpread = tf.step(variance.sub(leastVariance))
  return away.div(tf.sqrt(variance.mul(isSpread).add(tf.sub(1, isSpread))))
}

function standardisedOnnx(graph: OnnxGraph, x: string, axis: 1 | 2, size: number): string {
  const away = graph.node('Sub', [x, graph.node('ReduceMean', [x], { attributes: { axes: { integers: [axis] } } })])
  const squares = graph.node('ReduceSum', [graph.node('Mul', [away, away]), graph.integers([axis])])
  const variance = graph.node('Div', [squares, graph.floats([Math.max(1, size - 1)], [])])
  const guarded = graph.node('Where', [graph.node('Less', [variance, graph.floats([leastVariance], [])]), graph.floats([1], []), variance])
  return graph.node('Div', [away, graph.node('Sqrt', [guarded])])
}
