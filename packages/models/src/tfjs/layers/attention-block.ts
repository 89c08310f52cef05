import { LobError } from '@rxlob/core'
import type { ExportPass, ForwardPass, LayerFor } from '../layer.js'
import type { Tensor } from '../runtime.js'
import { dense } from './dense.js'
import { layerNorm } from './layer-norm.js'
import { sliceColumns } from './slice-columns.js'

export interface AttentionBlockOptions {
  readonly heads: number
  /** Width of the inner layer. */
  readonly inner: number
  readonly dropout: number
  /** Each step sees itself and earlier ones alone. */
  readonly causal: boolean
}

/** Far below any score, and finite so that nothing turns into NaN. */
const masked = -1e9

/**
 * One encoder block: self-attention over the steps, then a layer of its own for each step, each with residual and normalisation after (post-norm).
 *
 *   A = softmax(Q K' / sqrt(d / heads)) by head;  y = norm(x + A V Wo);  out = norm(y + W2 relu(W1 y))
 *
 * Shape: [steps, d] to the same. The weights A are shown as `<name>.attention`, [count, heads, steps, steps].
 *
 * @throws {LobError} LOB_BAD_OPTION where the heads do not divide the width.
 * @see Vaswani et al. (2017), arXiv 1706.03762, section 3
 */
export function attentionBlock(name: string, options: AttentionBlockOptions): LayerFor {
  return (shape) => {
    const [steps, width] = shape as [number, number]
    const { heads, inner, causal } = options
    if (width % heads !== 0) throw new LobError('LOB_BAD_OPTION', `Option heads: expected a divisor of the width ${width}, got ${heads}.`)
    const size = width / heads
    const project = dense(`${name}.project`, { units: 3 * width })(shape)
    const merge = dense(`${name}.merge`, { units: width })(shape)
    const widen = dense(`${name}.widen`, { units: inner, activation: 'relu' })(shape)
    const narrow = dense(`${name}.narrow`, { units: width })([steps, inner])
    const [first, second] = [layerNorm(`${name}.norm_1`, width), layerNorm(`${name}.norm_2`, width)]
    const barrier = Float32Array.from({ length: steps * steps }, (_, at) => (at % steps > Math.floor(at / steps) ? masked : 0))
    const dropped = ({ training, mask }: ForwardPass, x: Tensor): Tensor => (training && options.dropout > 0 ? x.mul(mask(x.shape, options.dropout)) : x)

    const attend = (pass: ForwardPass, x: Tensor): Tensor => {
      const { tf } = pass
      const count = x.shape[0]!
      const projected = tf.transpose(project.forward(pass, x).reshape([count, steps, 3, heads, size]), [2, 0, 3, 1, 4]).reshape([3, count * heads, steps, size])
      const [q, k, v] = tf.unstack(projected) as [Tensor, Tensor, Tensor]
      const scores = tf.matMul(q, k, false, true).mul(1 / Math.sqrt(size))
      const attention = tf.softmax(causal ? scores.add(tf.tensor(barrier, [1, steps, steps])) : scores)
      pass.show(`${name}.attention`, attention.reshape([count, heads, steps, steps]))
      const seen = tf.transpose(tf.matMul(attention, v).reshape([count, heads, steps, size]), [0, 2, 1, 3]).reshape([count, steps, width])
      return merge.forward(pass, seen)
    }
    const attendOnnx = (pass: ExportPass, x: string): string => {
      const { graph } = pass
      const projected = graph.node('Reshape', [project.onnx(pass, x), graph.integers([0, steps, 3, heads, size])])
      const split = graph.node('Transpose', [projected], { attributes: { perm: { integers: [2, 0, 3, 1, 4] } } })
      const [q, k, v] = [0, 1, 2].map((part) => graph.node('Gather', [split, graph.node('Squeeze', [graph.integers([part])])], { attributes: { axis: 0 } })) as [string, string, string]
      const raw = graph.node('MatMul', [q, graph.node('Transpose', [k], { attributes: { perm: { integers: [0, 1, 3, 2] } } })])
      const scaled = graph.node('Mul', [raw, graph.floats([1 / Math.sqrt(size)], [])])
      const scores = causal ? graph.node('Add', [scaled, graph.floats(barrier, [1, 1, steps, steps])]) : scaled
      const attention = graph.node('Softmax', [scores], { attributes: { axis: -1 } })
      const seen = graph.node('Transpose', [graph.node('MatMul', [attention, v])], { attributes: { perm: { integers: [0, 2, 1, 3] } } })
      return merge.onnx(pass, graph.node('Reshape', [seen, graph.integers([0, steps, width])]))
    }
    /** The same for the newest step alone, which sees all others: [count, 1, width]. */
    const attendNewestOnnx = (pass: ExportPass, x: string, newest: string): string => {
      const { graph, values } = pass
      const part = (from: number, to: number, of: string): string => {
        const kernel = graph.floats(sliceColumns(values(`${name}.project.kernel`), 3 * width, from, to), [width, to - from])
        return graph.node('Add', [graph.node('MatMul', [of, kernel]), graph.floats(values(`${name}.project.bias`).slice(from, to), [to - from])])
      }
      const byHead = (y: string, rows: number, perm: number[]): string => graph.node('Transpose', [graph.node('Reshape', [y, graph.integers([0, rows, heads, size])])], { attributes: { perm: { integers: perm } } })
      const q = byHead(part(0, width, newest), 1, [0, 2, 1, 3])
      const k = byHead(part(width, 2 * width, x), steps, [0, 2, 3, 1])
      const v = byHead(part(2 * width, 3 * width, x), steps, [0, 2, 1, 3])
      const scores = graph.node('Mul', [graph.node('MatMul', [q, k]), graph.floats([1 / Math.sqrt(size)], [])])
      const seen = graph.node('Transpose', [graph.node('MatMul', [graph.node('Softmax', [scores], { attributes: { axis: -1 } }), v])], { attributes: { perm: { integers: [0, 2, 1, 3] } } })
      return merge.onnx(pass, graph.node('Reshape', [seen, graph.integers([0, 1, width])]))
    }
    const outputOnnx = (pass: ExportPass, x: string, attended: string): string => {
      const { graph } = pass
      const y = first.onnx(pass, graph.node('Add', [x, attended]))
      return second.onnx(pass, graph.node('Add', [y, narrow.onnx(pass, widen.onnx(pass, y))]))
    }
    return {
      name,
      weights: [project, merge, widen, narrow, first, second].flatMap((part) => part.weights),
      outputShape: shape,
      forward: (pass, x) => {
        const y = first.forward(pass, x.add(dropped(pass, attend(pass, x))))
        return second.forward(pass, y.add(dropped(pass, narrow.forward(pass, widen.forward(pass, y)))))
      },
      onnx: (pass, x) => outputOnnx(pass, x, attendOnnx(pass, x)),
      onnxNewest: (pass, x) => {
        const { graph } = pass
        const newest = graph.node('Gather', [x, graph.integers([steps - 1])], { attributes: { axis: 1 } })
        return graph.node('Squeeze', [outputOnnx(pass, newest, attendNewestOnnx(pass, x, newest)), graph.integers([1])])
      },
    }
  }
}
