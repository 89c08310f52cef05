import { LobError, type LabelledFrame } from '@rxlob/core'
import { forwardPass } from './forward-pass.js'
import { forward } from './network.js'
import { tfjsRuntime, type Tensor } from './runtime.js'
import { scaledRows } from '../scaled-rows.js'
import { sequenceTensor } from './sequence-tensor.js'
import { networkOf, type TrainedNet } from './trained-net.js'

/** What one layer of a net looked at. */
export interface AttentionWeights {
  /** Of the layer. */
  readonly name: string
  /** Transformer: [heads, steps, steps], from the step that looks to the step looked at. BiN-C(TABL): [outputs, steps]. */
  readonly shape: readonly number[]
  /** Row-major; the last axis sums to 1. */
  readonly values: Float32Array
}

/**
 * The attention weights of a net for the window that ends at `row`, first layer first: what `attentionRollout` of `@rxlob/models/explain` takes.
 *
 * @throws {LobError} LOB_BAD_OPTION where the net has no attention; LOB_MODEL where the row has no clean window.
 */
export async function attentionWeights(net: TrainedNet, frame: LabelledFrame, row: number): Promise<AttentionWeights[]> {
  const { tf } = await tfjsRuntime()
  const layers = networkOf(net)
  const data = scaledRows(frame, net.input)
  const start = row - layers.length + 1
  if (!(start >= 0 && data.cleanFrom[row]! <= start)) {
    throw new LobError('LOB_MODEL', `Row ${row} has no window of ${layers.length} rows without a break or an undefined number: ask for a later row.`)
  }
  const weights = new Map(layers.weights.map(({ name, shape }) => [name, tf.tensor(net.weights[name]!, shape as number[]) as Tensor]))
  const shown = new Map<string, Tensor>()
  const pass = forwardPass({ tf, weights, everyStep: false, shown })
  tf.tidy(() => void forward(layers, pass, sequenceTensor(tf, data, { starts: Int32Array.of(start), steps: layers.length, answersFrom: layers.length - 1 })))
  pass.release()
  const answers = [...shown].map(([name, tensor]) => ({ name: name.replace(/\.attention$/, ''), shape: tensor.shape.slice(1), values: Float32Array.from(tensor.dataSync()) }))
  tf.dispose([...weights.values(), ...shown.values()])
  if (answers.length === 0) throw new LobError('LOB_BAD_OPTION', `${net.architecture.name} has no attention: ask it of a transformer or of bin-ctabl.`)
  return answers
}
