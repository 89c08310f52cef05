import { LobError, type InputSpec, type OutputSpec } from '@rxlob/core'
import type { Architecture } from './architecture.js'
import { checkWeights, network, type Network, type Weights } from './network.js'

export type ClassesOutput = Extract<OutputSpec, { kind: 'classes' }>

/** One pass over the training rows. */
export interface EpochRecord {
  readonly epoch: number
  /** Nats an answer, weighted as trained, with dropout. */
  readonly trainingLoss: number
  /** Nats an answer on the validation rows, unweighted, the mean over all targets. */
  readonly validationNll: number
  readonly learningRate: number
  readonly seconds: number
}

/** A net that has been trained: plain data, but for its architecture. */
export interface TrainedNet {
  readonly architecture: Architecture
  readonly input: InputSpec
  /** By target, in the order of the outputs. */
  readonly targets: Readonly<Record<string, ClassesOutput>>
  readonly weights: Weights
  readonly seed: number
  /** Learning curves. */
  readonly history: readonly EpochRecord[]
  /** Of the epoch whose weights were kept. */
  readonly bestEpoch: number
  /** On the validation rows, by target. */
  readonly validationNll: Readonly<Record<string, number>>
  readonly trainingRows: number
  /** What did the arithmetic. */
  readonly runtime: string
  /** Why it ended. */
  readonly stopped: 'early stopping' | 'all epochs' | 'time'
}

export const outputsOf = (targets: Readonly<Record<string, ClassesOutput>>): number => Object.values(targets).reduce((sum, { classes }) => sum + classes.length, 0)

export const networkOf = ({ architecture, input, targets }: Pick<TrainedNet, 'architecture' | 'input' | 'targets'>): Network =>
  network(architecture, { length: input.length, columns: input.columns.length, outputs: outputsOf(targets) })

/** Trained numbers in a net. */
export const networkSize = (net: TrainedNet): number => networkOf(net).parameters

/**
 * The net of one target out of one that was trained on several: its outputs are the same bits.
 *
 * @throws {LobError} LOB_BAD_OPTION where it has no such target.
 */
export function netOf(net: TrainedNet, target: string): TrainedNet {
  const names = Object.keys(net.targets)
  const output = net.targets[target]
  if (output === undefined) throw new LobError('LOB_BAD_OPTION', `Option target: expected one of ${names.join(', ')}, got ${target}.`)
  const from = outputsOf(Object.fromEntries(names.slice(0, names.indexOf(target)).map((name) => [name, net.targets[name]!])))
  const head = networkOf(net).layers.at(-1)!
  const own = Object.fromEntries(head.weights.map(({ name }) => [name, net.weights[name]!]))
  return {
    ...net,
    targets: { [target]: output },
    weights: { ...net.weights, ...head.slice!(own, from, from + output.classes.length) },
    validationNll: { [target]: net.validationNll[target]! },
  }
}

/** A trained net as JSON text; weights are base64 of little-endian floats. */
export function saveNet(net: TrainedNet): string {
  const { architecture, weights, ...rest } = net
  return JSON.stringify({ format: 'rxlob-net', version: 1, architecture: { name: architecture.name, options: architecture.options }, ...rest, weights: encodeWeights(weights) })
}

/**
 * Reads what `saveNet` wrote.
 *
 * @param architecture As it was trained: functions are not saved.
 * @throws {LobError} LOB_BAD_FILE where it is no such text; LOB_MODEL where it is of another architecture.
 */
export function loadNet(text: string, architecture: Architecture): TrainedNet {
  const saved = parse(text)
  if (saved?.format !== 'rxlob-net' || saved.version !== 1) throw new LobError('LOB_BAD_FILE', 'Expected a net that saveNet of this version wrote (format rxlob-net, version 1).')
  const { format: _, version: __, weights: encoded, ...rest } = saved
  const net = { ...rest, architecture, weights: decodeWeights(encoded) } as TrainedNet
  checkArchitecture(saved.architecture, architecture, 'The saved net')
  checkWeights(networkOf(net), net.weights, 'The saved net')
  return net
}

interface SavedNet {
  readonly format: string
  readonly version: number
  readonly architecture: Pick<Architecture, 'name' | 'options'>
  readonly weights: Readonly<Record<string, string>>
}

function parse(text: string): SavedNet | undefined {
  try {
    return JSON.parse(text) as SavedNet
  } catch (cause) {
    throw new LobError('LOB_BAD_FILE', 'Expected the JSON text of a saved net: the file is truncated or another one.', {}, { cause })
  }
}

/** @throws {LobError} LOB_MODEL where name or options differ. */
export function checkArchitecture(saved: Pick<Architecture, 'name' | 'options'>, { name, options }: Architecture, what: string): void {
  const [theirs, ours] = [`${saved.name} ${JSON.stringify(saved.options)}`, `${name} ${JSON.stringify(options)}`]
  if (theirs !== ours) throw new LobError('LOB_MODEL', `${what} is of the architecture ${theirs}, not ${ours}: build the one it was trained with, or train anew.`)
}

export const encodeWeights = (weights: Weights): Record<string, string> =>
  Object.fromEntries(Object.entries(weights).map(([name, values]) => [name, Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64')]))

export const decodeWeights = (encoded: Readonly<Record<string, string>>): Record<string, Float32Array> =>
  Object.fromEntries(Object.entries(encoded).map(([name, text]) => [name, new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer)]))
