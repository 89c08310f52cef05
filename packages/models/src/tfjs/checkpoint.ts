import { LobError } from '@rxlob/core'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { AdamState } from './adam.js'
import { checkWeights, type Network } from './network.js'
import { checkArchitecture, decodeWeights, encodeWeights, type EpochRecord } from './trained-net.js'

/** All that a run needs to go on after a pass. */
export interface Checkpoint {
  readonly seed: number
  readonly weights: Readonly<Record<string, Float32Array>>
  best: Readonly<Record<string, Float32Array>>
  bestNll: number
  bestEpoch: number
  readonly adam: AdamState
  readonly history: EpochRecord[]
}

/** Written beside the file first, so that an interruption leaves the one before. */
export function writeCheckpoint(file: string, { architecture: { name, options } }: Network, state: Checkpoint): void {
  const { seed, bestNll, bestEpoch, history, adam } = state
  const text = JSON.stringify({
    format: 'rxlob-checkpoint', version: 1, architecture: { name, options }, seed, bestNll, bestEpoch, history,
    weights: encodeWeights(state.weights), best: encodeWeights(state.best),
    adam: { step: adam.step, first: encodeWeights(adam.first), second: encodeWeights(adam.second) },
  })
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(`${file}.part`, text)
  renameSync(`${file}.part`, file)
}

/**
 * The state of an interrupted run; undefined where there is none.
 *
 * @throws {LobError} LOB_BAD_FILE where the file is broken; LOB_MODEL where it is of another architecture, or seed.
 */
export function readCheckpoint(file: string, net: Network, seed: number): Checkpoint | undefined {
  if (!existsSync(file)) return undefined
  const saved = parse(file)
  checkArchitecture(saved.architecture, net.architecture, `The checkpoint ${file}`)
  if (saved.seed !== seed) throw new LobError('LOB_MODEL', `The checkpoint ${file} is of seed ${saved.seed}, not ${seed}: give each seed a file of its own.`)
  const sets = { weights: saved.weights, best: saved.best, first: saved.adam.first, second: saved.adam.second }
  const { weights, best, first, second } = Object.fromEntries(
    Object.entries(sets).map(([name, encoded]) => {
      const decoded = decodeWeights(encoded)
      checkWeights(net, decoded, `The checkpoint ${file}`)
      return [name, decoded]
    }),
  ) as Record<keyof typeof sets, Record<string, Float32Array>>
  const { bestNll, bestEpoch, history, adam } = saved
  return { seed, weights, best, bestNll, bestEpoch, history, adam: { step: adam.step, first, second } }
}

interface SavedCheckpoint extends Omit<Checkpoint, 'weights' | 'best' | 'adam'> {
  readonly format: string
  readonly architecture: Network['architecture']
  readonly weights: Record<string, string>
  readonly best: Record<string, string>
  readonly adam: { readonly step: number; readonly first: Record<string, string>; readonly second: Record<string, string> }
}

function parse(file: string): SavedCheckpoint {
  const refuse = (cause?: unknown): never => {
    throw new LobError('LOB_BAD_FILE', `${file} is no checkpoint, or a truncated one: delete it to start anew.`, { file }, { cause })
  }
  try {
    const saved = JSON.parse(readFileSync(file, 'utf8')) as SavedCheckpoint
    return saved.format === 'rxlob-checkpoint' ? saved : refuse()
  } catch (error) {
    return error instanceof LobError ? refuse() : refuse(error)
  }
}
