import type { ForwardPass } from '../layer.js'
import type { Tensor } from '../runtime.js'

export interface GruRun {
  /** [count, steps, units]. */
  readonly outputs: Tensor
  /** [count, units]; no gradient goes through it. */
  readonly lastH: Tensor
}

/** All steps of a GRU as one operation with a hand-written gradient, as `lstmSequence`. */
export function gruSequence({ tf, differentiated, keep }: Pick<ForwardPass, 'tf' | 'differentiated' | 'keep'>, x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, hiddenBias: Tensor, h0: Tensor): GruRun {
  const [count, steps, width] = x.shape as [number, number, number]
  const units = h0.shape[1]!
  let last: Tensor | undefined
  const run = tf.customGrad((...args: unknown[]) => {
    const [x, kernel, recurrent, bias, hiddenBias] = args as [Tensor, Tensor, Tensor, Tensor, Tensor]
    const rows = tf.transpose(x, [1, 0, 2]).reshape([steps * count, width])
    const driven = tf.unstack(tf.matMul(rows, kernel).add(bias).reshape([steps, count, 3 * units]))
    const parts: { rz: Tensor; r: Tensor; z: Tensor; n: Tensor; inner: Tensor; before: Tensor }[] = []
    const outputs: Tensor[] = []
    let h = h0
    for (let step = 0; step < steps; step++) {
      const [hiddenGates, hiddenCandidate] = tf.split(tf.matMul(h, recurrent), [2 * units, units], 1) as [Tensor, Tensor]
      const [gates, candidate] = tf.split(driven[step]!, [2 * units, units], 1) as [Tensor, Tensor]
      const rz = tf.sigmoid(gates.add(hiddenGates))
      const [r, z] = tf.split(rz, 2, 1) as [Tensor, Tensor]
      const inner = hiddenCandidate.add(hiddenBias)
      const n = tf.tanh(candidate.add(r.mul(inner)))
      parts.push({ rz, r, z, n, inner, before: h })
      h = n.add(z.mul(h.sub(n)))
      outputs.push(h)
    }
    last = h
    keep([h])
    if (differentiated) keep([rows, ...parts.flatMap(({ rz, r, z, n, inner }) => [rz, r, z, n, inner]), ...parts.slice(1).map(({ before }) => before)])
    const gradFunc = (dy: Tensor): Tensor[] => {
      const dys = tf.unstack(tf.transpose(dy, [1, 0, 2]))
      const dInputs: Tensor[] = []
      const dHiddens: Tensor[] = []
      let dh: Tensor | undefined
      for (let step = steps - 1; step >= 0; step--) {
        const { rz, r, z, n, inner, before } = parts[step]!
        const grown: Tensor = dh === undefined ? dys[step]! : dys[step]!.add(dh)
        const dn = grown.mul(tf.sub(1, z)).mul(tf.sub(1, tf.square(n)))
        const dGates = tf.concat([dn.mul(inner), grown.mul(before.sub(n))], 1).mul(rz.sub(tf.square(rz)))
        const dHidden = tf.concat([dGates, dn.mul(r)], 1)
        dInputs[step] = tf.concat([dGates, dn], 1)
        dHiddens[step] = dHidden
        if (step > 0) dh = grown.mul(z).add(tf.matMul(dHidden, recurrent, false, true))
      }
      const dInput = tf.concat(dInputs, 0)
      const dHidden = tf.concat(dHiddens, 0)
      const hidden = tf.concat(parts.map(({ before }) => before), 0)
      const dx = tf.transpose(tf.matMul(dInput, kernel, false, true).reshape([steps, count, width]), [1, 0, 2])
      return [dx, tf.matMul(rows, dInput, true, false), tf.matMul(hidden, dHidden, true, false), tf.sum(dInput, 0), tf.sum(tf.slice(dHidden, [0, 2 * units], [-1, units]), 0)]
    }
    return { value: tf.transpose(tf.stack(outputs), [1, 0, 2]), gradFunc }
  })
  const outputs = run(x, kernel, recurrent, bias, hiddenBias)
  return { outputs, lastH: last! }
}
