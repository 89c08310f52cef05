import type { ForwardPass, ExportPass, WeightSpec } from '../layer.js'
import type { Tensor } from '../runtime.js'

export interface LayerNormPart {
  readonly weights: readonly WeightSpec[]
  forward(pass: ForwardPass, x: Tensor): Tensor
  onnx(pass: ExportPass, x: string): string
}

const epsilon = 1e-5

/**
 * Normalisation over the last axis: (x - mean) / sqrt(var + 1e-5) * scale + offset, with the biased variance.
 *
 * @see Ba, Kiros and Hinton (2016), arXiv 1607.06450
 */
export function layerNorm(name: string, width: number): LayerNormPart {
  const [scale, offset] = [`${name}.scale`, `${name}.offset`]
  return {
    weights: [
      { name: scale, shape: [width], start: 1 },
      { name: offset, shape: [width], start: 0 },
    ],
    forward: ({ tf, weight }, x) => {
      const away = x.sub(tf.mean(x, -1, true))
      const spread = tf.rsqrt(tf.mean(tf.square(away), -1, true).add(epsilon))
      return away.mul(spread).mul(weight(scale)).add(weight(offset))
    },
    onnx: ({ graph, values }, x) =>
      graph.node('LayerNormalization', [x, graph.floats(values(scale), [width], scale), graph.floats(values(offset), [width], offset)], { attributes: { axis: -1, epsilon: { float: epsilon } } }),
  }
}
