import { collectFrame, fitMoveThreshold, LobError, numberOption, type Feature, type Fitted, type InputSpec, type Labeler, type LabelledFrame, type MoveThreshold, type OnlineLearner, type Sampler, type Source } from '@rxlob/core'
import { walkForward, type Fold, type RowRange, type WalkForwardOptions } from '@rxlob/evaluation'
import { fitScaler } from '../scaler.js'
import type { Architecture, Feeding } from './architecture.js'
import { cachedFrame } from './frame-cache.js'
import { predictRows } from './predict-rows.js'
import { recordedForecast } from './recorded-forecast.js'
import { trainNet, type TrainNetOptions } from './train-net.js'
import type { ClassesOutput, TrainedNet } from './trained-net.js'

export interface WalkForwardTrainingOptions {
  readonly source: Source
  readonly features: readonly Feature[]
  /** Features with parameters, fitted in each fold on its training rows (of a frame of `features`). Default none. */
  readonly fit?: (frame: LabelledFrame, train: RowRange) => readonly Feature[]
  /** What is learned, by name: labelers of `kind: 'value'`, whose dead zone is fitted in each fold. One net learns them all. */
  readonly labelers: Readonly<Record<string, Labeler>>
  /** The dead zone: a third of the training rows flat, half the mean move, or a number. Default `terciles`. */
  readonly threshold?: MoveThreshold['rule'] | number
  readonly architecture: Architecture
  /** Rows of a window. */
  readonly length: number
  /** Columns that the net reads. Default all. */
  readonly columns?: (name: string) => boolean
  readonly sample?: Sampler
  /** Default five folds, each trained on all that came before. */
  readonly folds?: Pick<WalkForwardOptions, 'folds' | 'train' | 'minRows'>
  /** Share of the frame before the first test block. Default 0.5. */
  readonly trainShare?: number
  /** Shares are of `rows`, or of the `time` that they span. Default `rows`. */
  readonly shareOf?: 'rows' | 'time'
  /** Share of what lies before a test block that is kept for early stopping. Default 0.2. */
  readonly validationShare?: number
  /** One run a seed; their probabilities are averaged in `forecasts`. Default [1]. */
  readonly seeds?: readonly number[]
  readonly training?: Partial<Omit<TrainNetOptions, 'architecture' | 'input' | 'frame' | 'targets' | 'train' | 'validation' | 'seed'>>
  /** How test rows are answered. Default `window`, or `carried` where the net was trained so. */
  readonly answer?: Feeding
  /** Keeps frames as files between runs. `dataHash` tells one data set from another. */
  readonly cache?: { readonly folder: string; readonly dataHash: string }
}

export interface TrainedFold {
  readonly train: RowRange
  readonly validation: RowRange
  readonly test: RowRange
  /** Dead zone of each target, of the training rows alone. */
  readonly thresholds: Readonly<Record<string, number>>
  /** One net a seed. */
  readonly nets: readonly TrainedNet[]
}

export interface WalkForwardTraining {
  /** Rows with class targets by each fold's dead zone. */
  readonly frame: LabelledFrame
  readonly folds: readonly TrainedFold[]
  /** By target, then one a seed: forecasts of the test rows, to be scored by `prequential` beside baselines. */
  readonly runs: Readonly<Record<string, readonly OnlineLearner[]>>
  /** By target: the average over seeds. */
  readonly forecasts: Readonly<Record<string, OnlineLearner>>
  /** By target, then one a seed: row-major [rows of the frame, classes], NaN outside the test rows. */
  readonly probabilities: Readonly<Record<string, readonly Float32Array[]>>
  /** First test row. */
  readonly scoreFrom: number
  /** How many nets were fitted in all, counted for the report. */
  readonly configurations: number
}

const classes = ['down', 'flat', 'up'] as const

/**
 * Trains a net anew for each walk-forward fold and forecasts the fold's test rows: scaler, fitted features and dead zones come from the fold's training rows alone,
 * early stopping from a validation block that is purged on both sides by horizon and window.
 *
 * @throws {LobError} LOB_BAD_OPTION where a labeler gives classes, or folds or options are out of range; LOB_MODEL as `trainNet`.
 * @example
 * const { frame, forecasts, scoreFrom } = await trainWalkForward({ source, features, labelers: { next: midMove({ rows: 10, kind: 'value' }) }, architecture: gruNet(), length: 50 })
 * forecastReport(prequential({ frame, target: 'next', learners: [forecasts['next']!], baselines: [majorityClass()], scoreFrom }))
 */
export async function trainWalkForward(options: WalkForwardTrainingOptions): Promise<WalkForwardTraining> {
  const { labelers, length, seeds = [1] } = options
  const names = Object.keys(labelers)
  const outputs = Object.fromEntries(names.map((name) => [name, classesOf(name, labelers[name]!)]))
  const horizonRows = Math.max(...Object.values(outputs).map(({ horizon }) => ('rows' in horizon ? horizon.rows : 0)))
  const base = await frameOf(options, options.features)
  const trainRows = rowAt(options, base, { from: 0, to: base.length }, numberOption('trainShare', options.trainShare ?? 0.5, 0.01, 0.99))
  const split = walkForward({ ...options.folds, trainRows, rows: base.length, horizonRows, lookBackRows: length })
  const targets = Object.fromEntries(names.map((name) => [name, new Float64Array(base.length).fill(NaN)]))
  const runs = Object.fromEntries(names.map((name) => [name, seeds.map(() => new Float32Array(base.length * 3).fill(NaN))]))
  const folds: TrainedFold[] = []
  for (const [n, fold] of split.entries()) {
    const { train, validation } = blocksOf(options, base, fold, horizonRows + length)
    const thresholds = Object.fromEntries(names.map((name) => [name, thresholdOf(options, base, name, train)]))
    const frame = options.fit === undefined ? base : await frameOf(options, [...options.features, ...options.fit(base, train)])
    const labelled = { ...frame, targets: Object.fromEntries(names.map((name) => [name, classTargets(base.targets[name]!, thresholds[name]!)])) }
    // The first fold's dead zone also labels the rows before it, on which baselines are trained.
    for (const name of names) targets[name]!.set(labelled.targets[name]!.subarray(n === 0 ? 0 : fold.test.from, fold.test.to), n === 0 ? 0 : fold.test.from)
    const input = inputOfFrame(options, frame, train)
    const nets: TrainedNet[] = []
    for (const [s, seed] of seeds.entries()) {
      const { checkpoint } = options.training ?? {}
      const net = await trainNet({
        ...options.training, architecture: options.architecture, input, frame: labelled, targets: outputs, train, validation, seed,
        ...(checkpoint !== undefined && { checkpoint: `${checkpoint}.${n}.${seed}` }),
      })
      nets.push(net)
      const feeding = options.answer ?? (options.architecture.feeding === 'carried' ? 'carried' : 'window')
      const { values, outputs: width } = await predictRows(net, frame, { range: fold.test, feeding, warmUpRows: 4 * length })
      names.forEach((name, target) => {
        for (let row = fold.test.from; row < fold.test.to; row++) for (let k = 0; k < 3; k++) runs[name]![s]![row * 3 + k] = values[(row - fold.test.from) * width + target * 3 + k]!
      })
    }
    folds.push({ train, validation, test: fold.test, thresholds, nets })
  }
  // A test row without a forecast has no target, so that everything is scored on the same rows.
  for (const name of names) {
    for (const { test } of folds) {
      for (let row = test.from; row < test.to; row++) if (runs[name]!.some((values) => Number.isNaN(values[row * 3]!))) targets[name]![row] = NaN
    }
  }
  const frame = { ...base, targets }
  const learner = (name: string, label: string, probabilities: Float32Array): OnlineLearner => recordedForecast({ name: label, output: outputs[name]!, frame, probabilities })
  const label = options.architecture.name
  return {
    frame,
    folds,
    scoreFrom: split[0]!.test.from,
    configurations: folds.length * seeds.length,
    probabilities: runs,
    runs: Object.fromEntries(names.map((name) => [name, runs[name]!.map((values, s) => learner(name, `${label}_seed_${seeds[s]}`, values))])),
    forecasts: Object.fromEntries(names.map((name) => [name, learner(name, label, runs[name]!.reduce((sum, values) => sum.map((value, at) => value + values[at]! / seeds.length), new Float32Array(base.length * 3)))])),
  }
}

function classesOf(name: string, { output }: Labeler): ClassesOutput {
  if (output.kind === 'value' && 'rows' in output.horizon) return { kind: 'classes', classes, horizon: output.horizon }
  if (output.kind === 'value') throw new LobError('LOB_BAD_OPTION', `trainWalkForward: labeler ${name} looks ahead in time; folds are purged by rows, so give it a horizon in rows.`)
  throw new LobError('LOB_BAD_OPTION', `trainWalkForward: labeler ${name} gives classes, so its dead zone cannot be fitted in each fold; give it kind: 'value' and the option threshold.`)
}

function frameOf({ source, labelers, sample, cache }: WalkForwardTrainingOptions, features: readonly Feature[]): Promise<LabelledFrame> {
  const collect = (): Promise<LabelledFrame> => collectFrame(source, features, { labelers, ...(sample !== undefined && { sample }) })
  if (cache === undefined) return collect()
  const key = [cache.dataHash, sample?.name ?? 'every_event', ...features.map((feature) => feature.fingerprint), ...Object.entries(labelers).map(([name, labeler]) => `${name}=${labeler.name}`)]
  return cachedFrame({ folder: cache.folder, key, collect })
}

/** The last share of what lies before a test block is for validation, with a gap before it. */
function blocksOf(options: WalkForwardTrainingOptions, frame: LabelledFrame, { train }: Fold, gap: number): { train: RowRange; validation: RowRange } {
  const share = numberOption('validationShare', options.validationShare ?? 0.2, 0.01, 0.9)
  const cut = rowAt(options, frame, train, 1 - share)
  return { train: { from: train.from, to: cut - gap }, validation: { from: cut, to: train.to } }
}

/** The row at which a share of a range has gone by. */
function rowAt({ shareOf = 'rows' }: WalkForwardTrainingOptions, { tsLocal }: LabelledFrame, { from, to }: RowRange, share: number): number {
  if (shareOf === 'rows') return from + Math.floor(share * (to - from))
  const time = tsLocal[from]! + share * (tsLocal[to - 1]! - tsLocal[from]!)
  return from + tsLocal.subarray(from, to).findIndex((at) => at >= time)
}

function thresholdOf({ threshold = 'terciles', labelers }: WalkForwardTrainingOptions, frame: LabelledFrame, name: string, { from, to }: RowRange): number {
  if (typeof threshold === 'number') return numberOption('threshold', threshold, 0, Number.MAX_VALUE)
  const { output } = labelers[name]!
  const unit = output.kind === 'value' && output.unit === 'ticks' ? 'ticks' : 'return'
  const fitted: Fitted<MoveThreshold> = fitMoveThreshold(frame.targets[name]!.subarray(from, to), { rule: threshold, unit, instrument: frame.instrument, from: frame.tsLocal[from]!, to: frame.tsLocal[to - 1]! })
  return fitted.parameters.threshold
}

const classTargets = (moves: Float64Array, threshold: number): Float64Array => moves.map((move) => (Number.isNaN(move) ? NaN : move > threshold ? 2 : move < -threshold ? 0 : 1))

function inputOfFrame({ columns, features, sample, length }: WalkForwardTrainingOptions, frame: LabelledFrame, { from, to }: RowRange): InputSpec {
  const names = frame.columns.map(({ name }) => name)
  const scaler = fitScaler(frame, { from, to })
  const kept = names.flatMap((name, at) => (columns === undefined || columns(name) ? [at] : []))
  return {
    columns: kept.map((at) => names[at]!),
    fingerprints: features.map(({ fingerprint }) => fingerprint),
    sampler: sample?.name ?? 'every_event',
    length,
    scaler: { mean: kept.map((at) => scaler.mean[at]!), scale: kept.map((at) => scaler.scale[at]!) },
  }
}
