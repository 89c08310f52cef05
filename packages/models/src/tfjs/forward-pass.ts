import type { Random } from '@rxlob/core'
import type { ForwardPass } from './layer.js'
import type { Tensor, Tf } from './runtime.js'

export interface ForwardPassOptions {
  readonly tf: Tf
  readonly weights: ReadonlyMap<string, Tensor>
  readonly everyStep: boolean
  /** Draws dropout masks: given while training alone. */
  readonly random?: Random
  /** Keeps what gradients need. Default while training. */
  readonly differentiated?: boolean
  /** Carried states by name, read and replaced. */
  readonly states?: Map<string, Tensor>
  /** What layers hand out to be looked at. */
  readonly shown?: Map<string, Tensor>
}

export interface KeptForwardPass extends ForwardPass {
  /** Gives up what hand-written gradients kept. */
  release(): void
}

/** One run through a net. */
export function forwardPass({ tf, weights, everyStep, random, differentiated = random !== undefined, states, shown }: ForwardPassOptions): KeptForwardPass {
  const kept: Tensor[] = []
  return {
    tf,
    training: random !== undefined,
    differentiated,
    everyStep,
    weight: (name) => weights.get(name)!,
    state: (name, count, width) => {
      const carried = states?.get(name)
      if (carried !== undefined) return carried
      const zeros = tf.keep(tf.zeros([count, width]))
      kept.push(zeros)
      return zeros
    },
    keepState: (name, state) => {
      if (states === undefined) return
      const old = states.get(name)
      states.set(name, tf.keep(state.clone()))
      if (old !== undefined) kept.push(old)
    },
    mask: (shape, rate) => {
      const values = new Float32Array(shape.reduce((product, size) => product * size, 1))
      const scale = 1 / (1 - rate)
      for (let at = 0; at < values.length; at++) values[at] = random!() < rate ? 0 : scale
      return tf.tensor(values, shape as number[])
    },
    keep: (tensors) => {
      for (const tensor of tensors) kept.push(tf.keep(tensor))
    },
    show: (name, tensor) => shown?.set(name, tf.keep(tensor.clone())),
    release: () => {
      for (const tensor of kept) tensor.dispose()
      kept.length = 0
    },
  }
}
