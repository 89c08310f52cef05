import { integerOption, LobError, numberOption, seededRandom, type InputSpec, type LabelledFrame } from '@rxlob/core'
import type { RowRange } from '@rxlob/evaluation'
import { adamState, adamStep, clipGradients } from './adam.js'
import type { Architecture } from './architecture.js'
import { readCheckpoint, writeCheckpoint, type Checkpoint } from './checkpoint.js'
import { classTargets, targetTensor, type ClassTargets } from './class-targets.js'
import { enforceBounds } from './enforce-bounds.js'
import { forwardPass } from './forward-pass.js'
import { learningRateAt } from './learning-rate.js'
import { forward, network, startingWeights, type Network } from './network.js'
import { probabilitiesOf } from './predict-rows.js'
import { tfjsRuntime, type Tensor, type Tf, type Variable } from './runtime.js'
import { scaledRows, type ScaledRows } from '../scaled-rows.js'
import { sequenceBatches, type SequenceBatch } from './sequence-batches.js'
import { resetStates, sequenceTensor } from './sequence-tensor.js'
import { outputsOf, type ClassesOutput, type EpochRecord, type TrainedNet } from './trained-net.js'

export interface TrainNetOptions {
  readonly architecture: Architecture
  /** Columns, window length and scaler; the scaler is to be fitted on training rows alone. */
  readonly input: InputSpec
  /** Rows with their targets, from `collectFrame`. */
  readonly frame: LabelledFrame
  /** What is learned, by name in `frame.targets`: several are learned at once by one net, which then has outputs for each. */
  readonly targets: Readonly<Record<string, ClassesOutput>>
  readonly train: RowRange
  /** For early stopping; purged from `train` by the caller, as `chronologicalSplit` does. */
  readonly validation: RowRange
  /** Default 1. */
  readonly seed?: number
  /** At most so many passes over the training rows. Default 30. */
  readonly epochs?: number
  /** Stretches a step of the optimiser. Default 64, or 32 where the state is carried. */
  readonly batch?: number
  /** Most windows of one pass, drawn at random. Default all. */
  readonly windowsPerEpoch?: number
  /** Largest learning rate of Adam. Default 0.001. */
  readonly learningRate?: number
  /** `cosine` falls to a tenth over `epochs`, after a first tenth of an epoch of warming up. Default `cosine`. */
  readonly schedule?: 'cosine' | 'constant'
  /** Passes without a lower validation NLL before it stops. Default 5. */
  readonly patience?: number
  /** `balanced` weighs answers so that all classes count the same; probabilities are then of balanced classes. Default `none`. */
  readonly classWeights?: 'none' | 'balanced'
  /** Limit of the gradients' joint norm. Default 1. */
  readonly clipNorm?: number
  /** Ends after the pass that reaches it. Default never. */
  readonly maxSeconds?: number
  /** File that the state is written to after each pass, and that an interrupted run goes on from. */
  readonly checkpoint?: string
  /** Called after each step of the optimiser. */
  readonly onStep?: (progress: StepProgress) => void
  /** Called after each pass. */
  readonly onEpoch?: (record: EpochRecord) => void
}

export interface StepProgress {
  readonly epoch: number
  readonly epochs: number
  readonly step: number
  readonly steps: number
  readonly loss: number
}

const leastRows = 100

/**
 * Trains a net on the rows of a frame: Adam, softmax cross-entropy on logits, early stopping on the validation NLL, the best weights kept.
 *
 * The same seed on the same backend gives the same bits, in one go or resumed.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range; LOB_COLUMN_MISMATCH where the frame lacks a column or target; LOB_MODEL where there are too few rows or one
 *   class, the loss is not finite, or the checkpoint is of another architecture; LOB_MISSING_PEER without TensorFlow.js.
 * @example
 * const net = await trainNet({ architecture: lstmNet({ units: 64 }), input, frame, targets: { move: labeler.output }, train, validation })
 */
export async function trainNet(options: TrainNetOptions): Promise<TrainedNet> {
  const { architecture, input, frame, targets, validation } = options
  const epochs = integerOption('epochs', options.epochs ?? 30, 1)
  const patience = integerOption('patience', options.patience ?? 5, 1)
  const seed = integerOption('seed', options.seed ?? 1, 0, 0xffffffff)
  const { tf, description } = await tfjsRuntime()
  const net = network(architecture, { length: input.length, columns: input.columns.length, outputs: outputsOf(targets) })
  const data = scaledRows(frame, input)
  const classes = classTargets(frame, targets, options.train, options.classWeights ?? 'none')
  checkRows(data, classes, options)
  const saved = options.checkpoint === undefined ? undefined : readCheckpoint(options.checkpoint, net, seed)
  const state: Checkpoint = saved ?? freshState(net, seed)
  const trainer = netTrainer(tf, net, data, classes, options)
  const began = performance.now()
  let stopped: TrainedNet['stopped'] = 'all epochs'
  try {
    while (state.history.length < epochs) {
      if (state.history.length - state.bestEpoch >= patience) {
        stopped = 'early stopping'
        break
      }
      if ((performance.now() - began) / 1000 > (options.maxSeconds ?? Infinity) && state.history.length > 0) {
        stopped = 'time'
        break
      }
      const record = trainer.epoch(state, epochs)
      state.history.push(record)
      if (record.validationNll < state.bestNll) {
        state.bestNll = record.validationNll
        state.bestEpoch = record.epoch
        state.best = Object.fromEntries(Object.entries(state.weights).map(([name, values]) => [name, values.slice()]))
      }
      if (options.checkpoint !== undefined) writeCheckpoint(options.checkpoint, net, state)
      options.onEpoch?.(record)
    }
    return {
      architecture, input, targets, seed,
      weights: state.best,
      history: state.history,
      bestEpoch: state.bestEpoch,
      validationNll: trainer.nllOf(state.best, validation),
      trainingRows: classes.rows,
      runtime: description,
      stopped,
    }
  } finally {
    trainer.dispose()
  }
}

function freshState(net: Network, seed: number): Checkpoint {
  const weights = startingWeights(net, seed)
  return { seed, weights, best: weights, bestNll: Infinity, bestEpoch: 0, adam: adamState(weights), history: [] }
}

function checkRows({ cleanFrom }: ScaledRows, classes: ClassTargets, { train, validation, input, targets }: TrainNetOptions): void {
  for (const [block, { from, to }] of Object.entries({ train, validation })) {
    let usable = 0
    for (let row = Math.max(0, from); row < Math.min(to, cleanFrom.length); row++) if (cleanFrom[row]! <= row - input.length + 1 && classes.labelled(row)) usable++
    if (usable < leastRows) {
      throw new LobError('LOB_MODEL', `The ${block} block, rows ${from} to ${to}, has ${usable} rows with a label and a window of ${input.length} clean rows, expected ${leastRows} or more: use more data, a shorter window, or features that warm up sooner.`)
    }
  }
  for (const [n, name] of Object.keys(targets).entries()) {
    if (classes.counts[n]!.filter((count) => count > 0).length >= 2) continue
    throw new LobError('LOB_MODEL', `Target ${name} has one class alone in the training rows (${classes.counts[n]!.join(', ')}): nothing can be learned; change its horizon or threshold, or use more data.`)
  }
}

interface NetTrainer {
  epoch(state: Checkpoint, epochs: number): EpochRecord
  nllOf(weights: Readonly<Record<string, Float32Array>>, range: RowRange): Record<string, number>
  dispose(): void
}

function netTrainer(tf: Tf, net: Network, data: ScaledRows, classes: ClassTargets, options: TrainNetOptions): NetTrainer {
  const { feeding } = net.architecture
  const { train, validation, targets } = options
  const variables = new Map<string, Variable>(net.weights.map(({ name, shape }) => [name, tf.variable(tf.zeros(shape as number[]), true)]))
  const list = [...variables.values()]
  const groups = Object.values(targets).map(({ classes: names }) => names.length)
  const clipNorm = numberOption('clipNorm', options.clipNorm ?? 1, 1e-6, 1e6)
  const batch = integerOption('batch', options.batch ?? (feeding === 'carried' ? 32 : 64), 1)
  const peak = numberOption('learningRate', options.learningRate ?? 0.001, 1e-8, 10)
  const load = (weights: Readonly<Record<string, Float32Array>>): void => {
    tf.tidy(() => {
      for (const [name, variable] of variables) variable.assign(tf.tensor(weights[name]!, variable.shape))
    })
  }
  const nllOf = (weights: Readonly<Record<string, Float32Array>>, range: RowRange): Record<string, number> => {
    load(weights)
    return classes.nll(probabilitiesOf(tf, net, variables as ReadonlyMap<string, Tensor>, data, groups, { range }))
  }

  return {
    epoch(state, epochs) {
      const began = performance.now()
      const epoch = state.history.length + 1
      // Each pass has a source of its own, so that a resumed run draws the same.
      const random = seededRandom((state.seed * 7919 + epoch * 104729) >>> 0)
      const batches = sequenceBatches(data, { feeding, length: net.length, batch, range: train, random, ...(options.windowsPerEpoch !== undefined && { windows: options.windowsPerEpoch }) })
      const states = new Map<string, Tensor>()
      let loss = 0
      let weight = 0
      let rate = 0
      for (const [step, stretches] of batches.entries()) {
        const target = targetTensor(tf, data, stretches, classes, train)
        if (target.weight > 0 || feeding === 'carried') {
          load(state.weights)
          if (stretches.reset !== undefined) resetStates(tf, states, stretches.reset)
          const pass = forwardPass({ tf, weights: variables as ReadonlyMap<string, Tensor>, everyStep: feeding !== 'window', random, ...(feeding === 'carried' && { states }) })
          const { value, grads } = tf.variableGrads(() => crossEntropy(tf, forward(net, pass, sequenceTensor(tf, data, stretches)), stretches, target.labels, target.weight, groups), list)
          const stepLoss = value.dataSync()[0]!
          const gradients = Object.fromEntries([...variables].map(([name, variable]) => [name, Float32Array.from(grads[variable.name]!.dataSync())]))
          tf.dispose([value, ...Object.values(grads)])
          pass.release()
          const norm = clipGradients(gradients, clipNorm)
          if (!Number.isFinite(stepLoss) || !Number.isFinite(norm)) {
            target.labels.dispose()
            tf.dispose([...states.values()])
            throw new LobError('LOB_MODEL', `Training of ${net.architecture.name} diverged in epoch ${epoch}, step ${step + 1}: the loss is ${stepLoss}, the gradient's norm ${norm}. Lower learningRate (${peak}) or clipNorm (${clipNorm}), and look for outliers in the scaled columns.`)
          }
          rate = learningRateAt({ peak, schedule: options.schedule ?? 'cosine', progress: (epoch - 1 + step / batches.length) / epochs, warmUp: 0.1 / epochs })
          if (target.weight > 0) {
            adamStep(state.weights, gradients, state.adam, rate)
            enforceBounds(net.weights, state.weights)
            loss += stepLoss * target.weight
            weight += target.weight
          }
          options.onStep?.({ epoch, epochs, step: step + 1, steps: batches.length, loss: stepLoss })
        }
        target.labels.dispose()
      }
      tf.dispose([...states.values()])
      const validationNll = mean(Object.values(nllOf(state.weights, validation)))
      if (!Number.isFinite(validationNll)) throw new LobError('LOB_MODEL', `Training of ${net.architecture.name} diverged in epoch ${epoch}: the validation NLL is ${validationNll}. Lower learningRate (${peak}).`)
      return { epoch, trainingLoss: loss / weight, validationNll, learningRate: rate, seconds: (performance.now() - began) / 1000 }
    },
    nllOf,
    dispose: () => tf.dispose(list),
  }
}

/** Mean over the answers of -log softmax at the label, from logits. `labels` holds each answer's weight at its class; targets share a row's weight. */
function crossEntropy(tf: Tf, logits: Tensor, { answersFrom }: SequenceBatch, labels: Tensor, weight: number, groups: readonly number[]): ReturnType<Tf['scalar']> {
  const answered = logits.rank === 2 || answersFrom === 0 ? logits : tf.slice(logits, [0, answersFrom, 0], [-1, -1, -1])
  const rows = answered.reshape([labels.shape[0]!, labels.shape[1]!])
  const parts = groups.length === 1 ? [rows] : tf.split(rows, [...groups], 1)
  const logged = parts.map((part) => tf.logSoftmax(part))
  const joined = logged.length === 1 ? logged[0]! : tf.concat(logged, 1)
  return tf.sum(tf.mul(joined, labels)).div(-Math.max(weight, 1e-9)) as ReturnType<Tf['scalar']>
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length
