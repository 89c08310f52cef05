import type { LabelledFrame } from '@rxlob/core'
import type { RowRange } from '@rxlob/evaluation'
import type { Feeding } from './architecture.js'
import { forwardPass } from './forward-pass.js'
import { forward, type Network } from './network.js'
import { tfjsRuntime, type Tensor, type Tf } from './runtime.js'
import { scaledRows, type ScaledRows } from '../scaled-rows.js'
import { answeredRows, sequenceBatches } from './sequence-batches.js'
import { resetStates, sequenceTensor } from './sequence-tensor.js'
import { networkOf, type TrainedNet } from './trained-net.js'

export interface PredictRowsOptions {
  /** Default all rows. */
  readonly range?: RowRange
  /** `window` answers each row from its own window alone, whatever the net was trained on. Default as it was trained. */
  readonly feeding?: Feeding
  /** Stretches that are computed together. Default 256. */
  readonly batch?: number
  /** `carried`: rows before each stretch that only warm the state. Default twice the window length. */
  readonly warmUpRows?: number
}

/** Probabilities of the rows of a range. */
export interface RowProbabilities {
  /** Row-major [rows of the range, outputs]; by target, each summing to 1. NaN where a row has no clean window. */
  readonly values: Float32Array
  readonly range: RowRange
  readonly outputs: number
}

/**
 * Probabilities of every row of a frame, many windows at a time.
 *
 * @throws {LobError} LOB_COLUMN_MISMATCH where the frame lacks a column; LOB_MISSING_PEER without TensorFlow.js.
 */
export async function predictRows(net: TrainedNet, frame: LabelledFrame, options: PredictRowsOptions = {}): Promise<RowProbabilities> {
  const { tf } = await tfjsRuntime()
  const layers = networkOf(net)
  const weights = new Map(layers.weights.map(({ name, shape }) => [name, tf.tensor(net.weights[name]!, shape as number[]) as Tensor]))
  const range = options.range ?? { from: 0, to: frame.length }
  const groups = Object.values(net.targets).map(({ classes }) => classes.length)
  try {
    return probabilitiesOf(tf, layers, weights, scaledRows(frame, net.input), groups, { ...options, range })
  } finally {
    tf.dispose([...weights.values()])
  }
}

export function probabilitiesOf(
  tf: Tf,
  net: Network,
  weights: ReadonlyMap<string, Tensor>,
  data: ScaledRows,
  groups: readonly number[],
  options: PredictRowsOptions & { readonly range: RowRange },
): RowProbabilities {
  const { range, batch = 256 } = options
  const feeding = options.feeding ?? net.architecture.feeding
  const { outputs, length } = net
  const warmUpRows = options.warmUpRows ?? 2 * length
  const values = new Float32Array((range.to - range.from) * outputs).fill(NaN)
  const states = new Map<string, Tensor>()
  for (const stretches of sequenceBatches(data, { feeding, length, batch: feeding === 'carried' ? 64 : batch, range, warmUpRows })) {
    if (stretches.reset !== undefined) resetStates(tf, states, stretches.reset)
    const pass = forwardPass({ tf, weights, everyStep: feeding !== 'window', ...(feeding === 'carried' && { states }) })
    const logits = tf.tidy(() => {
      const given = forward(net, pass, sequenceTensor(tf, data, stretches))
      return given.rank === 2 ? given : tf.slice(given, [0, stretches.answersFrom, 0], [-1, -1, -1])
    })
    const answers = logits.dataSync()
    logits.dispose()
    pass.release()
    answeredRows(data, stretches, range, length, (place, row) => softmaxGroups(answers, place * outputs, values, (row - range.from) * outputs, groups))
  }
  tf.dispose([...states.values()])
  return { values, range, outputs }
}

/** Softmax of each group of logits, in double precision. */
function softmaxGroups(logits: ArrayLike<number>, from: number, out: Float32Array, to: number, groups: readonly number[]): void {
  let offset = 0
  for (const size of groups) {
    let top = -Infinity
    for (let k = 0; k < size; k++) top = Math.max(top, logits[from + offset + k]!)
    let sum = 0
    for (let k = 0; k < size; k++) sum += Math.exp(logits[from + offset + k]! - top)
    for (let k = 0; k < size; k++) out[to + offset + k] = Math.exp(logits[from + offset + k]! - top) / sum
    offset += size
  }
}
