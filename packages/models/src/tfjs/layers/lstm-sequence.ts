import type { ForwardPass } from '../layer.js'
import type { Tensor } from '../runtime.js'

export interface LstmRun {
  /** [count, steps, units]. */
  readonly outputs: Tensor
  /** [count, units]; no gradient goes through them. */
  readonly lastH: Tensor
  readonly lastC: Tensor
}

/**
 * All steps of an LSTM as one operation with a hand-written gradient: a third of the operations that automatic differentiation records,
 * and one matrix product for all steps where it makes one a step.
 */
export function lstmSequence({ tf, differentiated, keep }: Pick<ForwardPass, 'tf' | 'differentiated' | 'keep'>, x: Tensor, kernel: Tensor, recurrent: Tensor, bias: Tensor, h0: Tensor, c0: Tensor): LstmRun {
  const [count, steps, width] = x.shape as [number, number, number]
  const units = h0.shape[1]!
  let last: { h: Tensor; c: Tensor } | undefined
  const run = tf.customGrad((...args: unknown[]) => {
    const [x, kernel, recurrent, bias] = args as [Tensor, Tensor, Tensor, Tensor]
    const rows = tf.transpose(x, [1, 0, 2]).reshape([steps * count, width])
    const driven = tf.unstack(tf.matMul(rows, kernel).add(bias).reshape([steps, count, 4 * units]))
    const before: { h: Tensor; c: Tensor }[] = []
    const gates: { ifo: Tensor; i: Tensor; f: Tensor; o: Tensor; g: Tensor; tanhC: Tensor }[] = []
    const outputs: Tensor[] = []
    let h = h0
    let c = c0
    for (let step = 0; step < steps; step++) {
      before.push({ h, c })
      const [z, candidate] = tf.split(tf.matMul(h, recurrent).add(driven[step]!), [3 * units, units], 1) as [Tensor, Tensor]
      const ifo = tf.sigmoid(z)
      const g = tf.tanh(candidate)
      const [i, f, o] = tf.split(ifo, 3, 1) as [Tensor, Tensor, Tensor]
      c = f.mul(c).add(i.mul(g))
      const tanhC = tf.tanh(c)
      h = o.mul(tanhC)
      gates.push({ ifo, i, f, o, g, tanhC })
      outputs.push(h)
    }
    last = { h, c }
    // TensorFlow.js drops what was made inside once the outputs are there.
    keep([h, c])
    if (differentiated) keep([rows, ...before.flatMap((state) => [state.h, state.c]).slice(2), ...gates.flatMap((step) => Object.values(step))])
    const gradFunc = (dy: Tensor): Tensor[] => {
      const dys = tf.unstack(tf.transpose(dy, [1, 0, 2]))
      const dzs: Tensor[] = []
      let dh: Tensor | undefined
      let dc: Tensor | undefined
      for (let step = steps - 1; step >= 0; step--) {
        const { ifo, i, f, o, g, tanhC } = gates[step]!
        const grown: Tensor = dh === undefined ? dys[step]! : dys[step]!.add(dh)
        const through: Tensor = grown.mul(o).mul(tf.sub(1, tf.square(tanhC)))
        const dCell: Tensor = dc === undefined ? through : through.add(dc)
        const dGates = tf.concat([dCell.mul(g), dCell.mul(before[step]!.c), grown.mul(tanhC)], 1).mul(ifo.sub(tf.square(ifo)))
        const dz = tf.concat([dGates, dCell.mul(i).mul(tf.sub(1, tf.square(g)))], 1)
        dzs[step] = dz
        if (step === 0) break
        dh = tf.matMul(dz, recurrent, false, true)
        dc = dCell.mul(f)
      }
      const dz = tf.concat(dzs, 0)
      const hidden = tf.concat(before.map((state) => state.h), 0)
      const dx = tf.transpose(tf.matMul(dz, kernel, false, true).reshape([steps, count, width]), [1, 0, 2])
      return [dx, tf.matMul(rows, dz, true, false), tf.matMul(hidden, dz, true, false), tf.sum(dz, 0)]
    }
    return { value: tf.transpose(tf.stack(outputs), [1, 0, 2]), gradFunc }
  })
  const outputs = run(x, kernel, recurrent, bias)
  return { outputs, lastH: last!.h, lastC: last!.c }
}
