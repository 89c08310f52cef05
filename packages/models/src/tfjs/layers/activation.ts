import type { OnnxGraph } from '../../onnx-graph/onnx-graph.js'
import type { Tensor, Tf } from '../runtime.js'

export type Activation = 'none' | 'relu' | 'leaky-relu' | 'gelu' | 'tanh'

interface ActivationFaces {
  forward(tf: Tf, x: Tensor): Tensor
  onnx(graph: OnnxGraph, x: string): string
}

/** Slope of the leaky ReLU below 0, as in DeepLOB. */
const slope = 0.01

/** GELU is the exact one, x Phi(x). */
export const activation = (name: Activation): ActivationFaces => faces[name]

const faces: Readonly<Record<Activation, ActivationFaces>> = {
  none: { forward: (_, x) => x, onnx: (_, x) => x },
  relu: { forward: (tf, x) => tf.relu(x), onnx: (graph, x) => graph.node('Relu', [x]) },
  tanh: { forward: (tf, x) => tf.tanh(x), onnx: (graph, x) => graph.node('Tanh', [x]) },
  'leaky-relu': {
    // tf.leakyRelu has no gradient in tfjs 4.
    forward: (tf, x) => tf.maximum(x, x.mul(slope)),
    onnx: (graph, x) => graph.node('LeakyRelu', [x], { attributes: { alpha: { float: slope } } }),
  },
  gelu: {
    forward: (tf, x) => x.mul(tf.erf(x.mul(Math.SQRT1_2)).add(1)).mul(0.5),
    onnx: (graph, x) => {
      const erf = graph.node('Erf', [graph.node('Mul', [x, graph.floats([Math.SQRT1_2], [])])])
      return graph.node('Mul', [graph.node('Mul', [x, graph.node('Add', [erf, graph.floats([1], [])])]), graph.floats([0.5], [])])
    },
  },
}
