import { LobError } from '@rxlob/core'
import type { GradientModel } from '../explain/integrated-gradients.js'
import { forwardPass } from './forward-pass.js'
import { forward } from './network.js'
import { tfjsRuntime, type Tensor } from './runtime.js'
import { networkOf, type TrainedNet } from './trained-net.js'

export interface NetGradientsOptions {
  /** What is explained: `probabilities`, or the `logits` before the softmax, which no class takes from another. Default `probabilities`. */
  readonly of?: 'probabilities' | 'logits'
}

/** A net as `integratedGradients` takes it. */
export interface NetGradients extends GradientModel {
  outputs(inputs: Float32Array, count: number): Float32Array
  gradients(inputs: Float32Array, count: number, output: number): Float32Array
  /** Gives up the weights' memory. Safe to call twice. */
  close(): void
}

/**
 * A trained net's outputs and their exact derivatives in every number of a window, by TensorFlow.js.
 *
 * Inputs are windows as a predictor gets them, [count, length * columns], oldest row first, scaled by `net.input.scaler`. Outputs are those of all targets, one after another;
 * of a net with several, `netOf` gives one. A state that was carried in training starts from nothing.
 *
 * @throws {LobError} LOB_MISSING_PEER without TensorFlow.js; from its methods LOB_BAD_OPTION where inputs or `output` do not fit, or after `close`.
 * @example
 * const model = await netGradients(net)
 * await integratedGradients({ model, features: window.length, inputs: window })
 */
export async function netGradients(net: TrainedNet, options: NetGradientsOptions = {}): Promise<NetGradients> {
  const { of = 'probabilities' } = options
  const { tf } = await tfjsRuntime()
  const layers = networkOf(net)
  const { length, columns } = layers
  const sizes = Object.values(net.targets).map(({ classes }) => classes.length)
  const weights = new Map(layers.weights.map(({ name, shape }) => [name, tf.tensor(net.weights[name]!, shape as number[]) as Tensor]))
  let closed = false

  /** Runs `ask` on the windows and copies what it gives. */
  const asked = (inputs: Float32Array, count: number, ask: (windows: Tensor, answer: (x: Tensor) => Tensor) => Tensor): Float32Array => {
    if (closed) throw new LobError('LOB_BAD_OPTION', `The gradients of ${net.architecture.name} are closed.`)
    if (inputs.length !== count * length * columns) throw new LobError('LOB_BAD_OPTION', `Option inputs: expected ${count} windows of ${length} rows and ${columns} columns, got ${inputs.length} numbers.`)
    const pass = forwardPass({ tf, weights, everyStep: false, differentiated: true })
    const answer = (x: Tensor): Tensor => {
      const logits = forward(layers, pass, x)
      if (of === 'logits') return logits
      return sizes.length === 1 ? tf.softmax(logits) : tf.concat(tf.split(logits, sizes, 1).map((part) => tf.softmax(part)), 1)
    }
    const given = tf.tidy(() => ask(tf.tensor(inputs, [count, length, columns]), answer))
    const values = Float32Array.from(given.dataSync())
    given.dispose()
    pass.release()
    return values
  }
  return {
    outputs: (inputs, count) => asked(inputs, count, (windows, answer) => answer(windows)),
    gradients(inputs, count, output) {
      if (!(Number.isInteger(output) && output >= 0 && output < layers.outputs)) throw new LobError('LOB_BAD_OPTION', `Option output: expected an integer from 0 to ${layers.outputs - 1}, got ${output}.`)
      return asked(inputs, count, (windows, answer) => tf.grad((x) => tf.sum(tf.slice(answer(x), [0, output], [-1, 1])))(windows))
    },
    close() {
      if (!closed) tf.dispose([...weights.values()])
      closed = true
    },
  }
}
