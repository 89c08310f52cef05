import { LobError } from '@rxlob/core'
import type { LayerFor } from '../layer.js'
import type { Tensor } from '../runtime.js'
import { convolution, timePads, type ConvolutionPart, type ImageShape, type TimePadding } from './convolution.js'

export interface DeepLobStemOptions {
  readonly filters: number
  readonly inceptionFilters: number
  readonly padding: TimePadding
}

/**
 * The convolutions and the inception module of DeepLOB: from [steps, 40] to [steps, 3 inceptionFilters].
 *
 * Columns are price and size of ask and bid, level by level: the first convolution joins price with size, the second the two sides, the third all levels.
 * With `valid` padding 18 steps are lost; the inception module keeps the length (`same`, or `causal`).
 *
 * @see Zhang, Zohren and Roberts (2019), IEEE Transactions on Signal Processing 67(11), figure 3
 */
export function deepLobStem(name: string, options: DeepLobStemOptions): LayerFor {
  return ([steps, columns]) => {
    const { filters, inceptionFilters, padding } = options
    if (columns! % 4 !== 0) throw new LobError('LOB_BAD_OPTION', `DeepLOB reads four columns a level (ask price, ask size, bid price, bid size), got ${columns} columns.`)
    let shape: ImageShape = [steps!, columns!, 1]
    const trunk: ConvolutionPart[] = []
    const add = (part: string, taps: number, across: number): void => {
      const layer = convolution(`${name}.${part}`, shape, { taps, across, filters, padding })
      trunk.push(layer)
      shape = layer.outputShape
    }
    for (const [block, across] of [2, 2, columns! / 4].entries()) {
      add(`conv${block + 1}_1`, 1, across)
      add(`conv${block + 1}_2`, 4, 1)
      add(`conv${block + 1}_3`, 4, 1)
    }
    const inner = padding === 'valid' ? 'same' : padding
    const branch = (part: string, from: ImageShape, taps: number): ConvolutionPart => convolution(`${name}.${part}`, from, { taps, across: 1, filters: inceptionFilters, padding: inner })
    const three = [branch('inception_3_1', shape, 1), branch('inception_3_3', [shape[0], 1, inceptionFilters], 3)] as const
    const five = [branch('inception_5_1', shape, 1), branch('inception_5_5', [shape[0], 1, inceptionFilters], 5)] as const
    const pooled = branch('inception_pool_1', shape, 1)
    const pads = timePads(3, inner)
    const outputShape = [shape[0], 3 * inceptionFilters]
    return {
      name,
      weights: [...trunk, ...three, ...five, pooled].flatMap((part) => part.weights),
      outputShape,
      forward: (pass, x) => {
        const { tf } = pass
        const image = trunk.reduce((from, part) => part.forward(pass, from), x.reshape([...x.shape, 1]))
        const given = image.shape[1]!
        const padded = tf.pad(image, [[0, 0], [...pads], [0, 0], [0, 0]], -1e30)
        const pool = [0, 1, 2].map((tap) => tf.slice(padded, [0, tap, 0, 0], [-1, given, -1, -1])).reduce((most, shifted): Tensor => tf.maximum(most, shifted))
        const branches = [three[1].forward(pass, three[0].forward(pass, image)), five[1].forward(pass, five[0].forward(pass, image)), pooled.forward(pass, pool)]
        return tf.squeeze(tf.concat(branches, 3), [2])
      },
      onnx: (pass, x) => {
        const { graph } = pass
        const image = trunk.reduce((from, part) => part.onnx(pass, from), graph.node('Unsqueeze', [x, graph.integers([1])]))
        const pool = graph.node('MaxPool', [image], { attributes: { kernel_shape: { integers: [3, 1] }, strides: { integers: [1, 1] }, pads: { integers: [pads[0], 0, pads[1], 0] } } })
        const branches = [three[1].onnx(pass, three[0].onnx(pass, image)), five[1].onnx(pass, five[0].onnx(pass, image)), pooled.onnx(pass, pool)]
        const joined = graph.node('Squeeze', [graph.node('Concat', branches, { attributes: { axis: 1 } }), graph.integers([3])])
        return graph.node('Transpose', [joined], { attributes: { perm: { integers: [0, 2, 1] } } })
      },
    }
  }
}
