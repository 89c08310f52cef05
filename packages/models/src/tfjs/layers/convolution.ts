import type { ExportPass, ForwardPass, WeightSpec } from '../layer.js'
import type { Tensor } from '../runtime.js'
import { activation } from './activation.js'

/** `same`: zeros on both sides, so that the length stays; `causal`: all of them before; `valid`: none. */
export type TimePadding = 'same' | 'causal' | 'valid'

export interface ConvolutionOptions {
  /** Steps that the kernel covers. */
  readonly taps: number
  /** Columns that the kernel covers and steps over at once: they do not overlap. */
  readonly across: number
  readonly filters: number
  readonly padding: TimePadding
}

/** [steps, columns, channels]. */
export type ImageShape = readonly [steps: number, columns: number, channels: number]

export interface ConvolutionPart {
  readonly weights: readonly WeightSpec[]
  readonly outputShape: ImageShape
  /** [count, steps, columns, channels]. */
  forward(pass: ForwardPass, x: Tensor): Tensor
  /** [count, channels, steps, columns], as ONNX has it. */
  onnx(pass: ExportPass, x: string): string
}

/** Zeros before and after, as TensorFlow splits them: the odd one goes after. */
export function timePads(taps: number, padding: TimePadding): readonly [before: number, after: number] {
  if (padding === 'valid') return [0, 0]
  const before = padding === 'causal' ? taps - 1 : Math.floor((taps - 1) / 2)
  return [before, taps - 1 - before]
}

/**
 * A convolution over time and columns with a leaky ReLU (slope 0.01), as one matrix product over shifted copies: every backend has a fast product, and not every one has
 * the gradient of a convolution.
 *
 *   kernel [taps * across * channels, filters], rows by tap, then column, then channel
 *
 * It starts by passing each step on by itself, at the same size: He's start for the tap that looks at the step itself, 0 for those beside it. With all taps drawn alike, the
 * newest step is one in 4^6 of the variance that leaves the six convolutions over time of DeepLOB, and a net that needs it stays at chance for many passes.
 *
 * @see Xiao, Bahri, Sohl-Dickstein, Schoenholz and Pennington (2018), PMLR 80, algorithm 2, which starts the centre tap orthogonal and the others at 0
 */
export function convolution(name: string, shape: ImageShape, options: ConvolutionOptions): ConvolutionPart {
  const [steps, columns, channels] = shape
  const { taps, across, filters, padding } = options
  const pads = timePads(taps, padding)
  const width = taps * across * channels
  const outputShape: ImageShape = [steps + pads[0] + pads[1] - taps + 1, columns / across, filters]
  const act = activation('leaky-relu')
  const newest = padding === 'valid' ? taps - 1 : pads[0]
  const cellsOfTap = across * channels
  return {
    weights: [
      { name: `${name}.kernel`, shape: [width, filters], start: { he: [newest * cellsOfTap, (newest + 1) * cellsOfTap] } },
      { name: `${name}.bias`, shape: [filters], start: 0 },
    ],
    outputShape,
    forward: ({ tf, weight }, x) => {
      const count = x.shape[0]!
      const given = x.shape[1]!
      const [later, cells] = [given + pads[0] + pads[1] - taps + 1, columns / across]
      let rows = x.reshape([count, given, cells, across * channels])
      if (taps > 1) {
        const padded = pads[0] + pads[1] === 0 ? rows : tf.pad(rows, [[0, 0], [...pads], [0, 0], [0, 0]])
        rows = tf.concat(Array.from({ length: taps }, (_, tap) => tf.slice(padded, [0, tap, 0, 0], [-1, later, -1, -1])), 3)
      }
      const product = tf.matMul(rows.reshape([count * later * cells, width]), weight(`${name}.kernel`)).add(weight(`${name}.bias`))
      return act.forward(tf, product).reshape([count, later, cells, filters])
    },
    onnx: ({ graph, values }, x) => {
      const kernel = values(`${name}.kernel`)
      const turned = new Float32Array(kernel.length)
      let to = 0
      for (let filter = 0; filter < filters; filter++) {
        for (let channel = 0; channel < channels; channel++) {
          for (let cell = 0; cell < taps * across; cell++) turned[to++] = kernel[(cell * channels + channel) * filters + filter]!
        }
      }
      const inputs = [x, graph.floats(turned, [filters, channels, taps, across], `${name}.kernel`), graph.floats(values(`${name}.bias`), [filters], `${name}.bias`)]
      return act.onnx(graph, graph.node('Conv', inputs, { attributes: { strides: { integers: [1, across] }, pads: { integers: [pads[0], 0, pads[1], 0] } } }))
    },
  }
}
