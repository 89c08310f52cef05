import type { ScaledRows } from '../scaled-rows.js'
import type { SequenceBatch } from './sequence-batches.js'
import type { Tensor, Tf } from './runtime.js'

/** The stretches of a batch as [count, steps, columns]; rows outside the frame are 0. */
export function sequenceTensor(tf: Tf, { values, rows, columns }: ScaledRows, { starts, steps }: SequenceBatch): Tensor {
  const data = new Float32Array(starts.length * steps * columns)
  starts.forEach((start, stretch) => {
    const [from, to] = [Math.max(0, start), Math.min(rows, start + steps)]
    if (from < to) data.set(values.subarray(from * columns, to * columns), (stretch * steps + from - start) * columns)
  })
  return tf.tensor(data, [starts.length, steps, columns])
}

/** Sets the states of stretches that start from nothing to 0. */
export function resetStates(tf: Tf, states: Map<string, Tensor>, reset: Uint8Array): void {
  if (!reset.includes(1)) return
  for (const [name, state] of states) {
    states.set(name, tf.keep(tf.tidy(() => state.mul(tf.tensor(Float32Array.from(reset, (flag) => 1 - flag), [reset.length, 1])))))
    state.dispose()
  }
}
