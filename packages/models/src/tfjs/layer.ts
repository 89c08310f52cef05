import type { OnnxGraph } from '../onnx-graph/onnx-graph.js'
import type { Tensor, Tf } from './runtime.js'

/** Rows of a kernel. */
interface HeStart {
  readonly he: readonly [fromRow: number, toRow: number]
}

/**
 * How a weight starts. Glorot: uniform in +- sqrt(6 / (in + out)); `he`: these rows normal with variance 2 / their count, which a (leaky) ReLU passes on at the same size, all
 * others 0; orthogonal rows for recurrence; else a constant.
 *
 * @see Glorot and Bengio (2010), AISTATS; He, Zhang, Ren and Sun (2015), arXiv 1502.01852
 */
type WeightStart = 'glorot' | 'orthogonal' | HeStart | number | Float32Array

export interface WeightSpec {
  readonly name: string
  readonly shape: readonly number[]
  readonly start: WeightStart
  /** Kept within these bounds after every step. */
  readonly bounds?: readonly [low: number, high: number]
  /** Largest Frobenius norm, enforced after every step. */
  readonly maxNorm?: number
}

/** What layers share while TensorFlow.js runs them. */
export interface ForwardPass {
  readonly tf: Tf
  /** Dropout is at work. */
  readonly training: boolean
  /** A gradient will be asked for: hand-written ones keep what they need. */
  readonly differentiated: boolean
  /** Outputs at every step rather than at the last one alone. */
  readonly everyStep: boolean
  weight(name: string): Tensor
  /** State of a recurrent layer before the first step, [count, width]; zeros unless one is carried. */
  state(name: string, count: number, width: number): Tensor
  keepState(name: string, state: Tensor): void
  /** A seeded dropout mask: 0, or 1 / (1 - rate). */
  mask(shape: readonly number[], rate: number): Tensor
  /** Keeps what a hand-written gradient will need; given up after the step. */
  keep(tensors: readonly Tensor[]): void
  /** Hands out something to look at, such as attention weights. */
  show(name: string, tensor: Tensor): void
}

/** What layers share while a graph is written. */
export interface ExportPass {
  readonly graph: OnnxGraph
  values(name: string): Float32Array
  /** Tensor of a state before the step, [1, count, width]; undefined where the graph has none. */
  state(name: string): string | undefined
  keepState(name: string, tensor: string): void
}

/** One step of a net: its weights, and the same arithmetic in TensorFlow.js and in ONNX. Shapes leave out the count of windows. */
export interface Layer {
  readonly name: string
  readonly weights: readonly WeightSpec[]
  readonly outputShape: readonly number[]
  forward(pass: ForwardPass, x: Tensor): Tensor
  onnx(pass: ExportPass, x: string): string
  /** Of a layer over steps: its output at the newest step alone, [count, width], without the arithmetic of the others. */
  onnxNewest?(pass: ExportPass, x: string): string
  /** What a recurrent layer carries from step to step. */
  readonly states?: readonly { readonly name: string; readonly width: number }[]
  /** Of a last layer: the weights of outputs `from` to `to - 1` alone. */
  slice?(values: Readonly<Record<string, Float32Array>>, from: number, to: number): Record<string, Float32Array>
}

/** A layer once the shape that comes in is known. */
export type LayerFor = (shape: readonly number[]) => Layer
