import { LobError, type InputSpec, type Micros, type OutputSpec } from '@rxlob/core'
import { createHash } from 'node:crypto'
import { readInput, readOutput, recordReader } from './manifest-reader.js'

/** One state of a recurrent net: what the graph takes in, and what it gives back for the next row. */
export interface GraphState {
  readonly input: string
  readonly output: string
}

/** The tensors of the model file, by name. */
export interface ModelGraph {
  /** Floats [count, length, columns], or the same numbers as [count, length x columns] or [count, 1, length, columns]. */
  readonly input: string
  /** Floats [count, classes]; for values [count, 1] (mean) or [count, 2] (mean, standard deviation). */
  readonly output: string
  /** What `output` holds; logits are passed through softmax once they are out. */
  readonly gives: 'probabilities' | 'logits' | 'value'
  /** Of a net that may be stepped a row at a time, in order: zeros at the start. Left out where there are none. */
  readonly states?: readonly GraphState[]
}

/** Where a model comes from. */
export interface TrainingRecord {
  /** SHA-256 of the training data, in hexadecimal. */
  readonly dataHash: string
  /** Time of the first and the last training row. */
  readonly from?: Micros
  readonly to?: Micros
  readonly rows?: number
  readonly seed?: number
  /** How many configurations were tried before this one. */
  readonly configurations?: number
}

/** What must be known about a model file before it is wired to a stream. Plain JSON. */
export interface ModelManifest {
  readonly format: 'rxlob-model'
  readonly version: 1
  readonly name: string
  /** In the field's words: `lstm`, `deep-lob`, `gradient-boosted-trees`. */
  readonly architecture: string
  readonly input: InputSpec
  readonly output: OutputSpec
  readonly graph: ModelGraph
  readonly model: { readonly sha256: string; readonly bytes: number }
  readonly training: TrainingRecord
  /** By name: out-of-sample figures, such as `test_nll`. */
  readonly metrics: Readonly<Record<string, number>>
}

/** SHA-256 in hexadecimal. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/**
 * The manifest of a model file that was just made.
 *
 * @throws {LobError} LOB_BAD_FILE where a part is not as `readManifest` demands it.
 */
export function manifestOf(model: Uint8Array, facts: Omit<ModelManifest, 'format' | 'version' | 'model'>): ModelManifest {
  return readManifest({ format: 'rxlob-model', version: 1, ...facts, model: { sha256: sha256(model), bytes: model.length } })
}

/**
 * Reads a manifest from parsed JSON and checks every part; unknown keys are left out.
 *
 * @param file Where it came from, for the error.
 * @throws {LobError} LOB_BAD_FILE naming the part, what was expected and what was there.
 */
export function readManifest(value: unknown, file?: string): ModelManifest {
  const read = recordReader(value, 'manifest', file)
  read.oneOf('format', ['rxlob-model'])
  if (read.value('version') !== 1) throw read.broken('version', '1 (a newer version of @rxlob/models reads newer ones)')
  const input = readInput(read.record('input'))
  const output = readOutput(read.record('output'))
  const graph = readGraph(read.record('graph'), output)
  const model = read.record('model')
  const training = read.record('training')
  const metrics = read.record('metrics')
  return {
    format: 'rxlob-model',
    version: 1,
    name: read.text('name'),
    architecture: read.text('architecture'),
    input,
    output,
    graph,
    model: { sha256: model.hash('sha256'), bytes: model.integer('bytes', 1) },
    training: {
      dataHash: training.hash('dataHash'),
      ...training.optionalIntegers('from', 'to', 'rows', 'seed', 'configurations'),
    },
    metrics: Object.fromEntries(metrics.keys().map((key) => [key, metrics.finite(key)])),
  }
}

function readGraph(read: ReturnType<typeof recordReader>, output: OutputSpec): ModelGraph {
  const gives = read.oneOf('gives', output.kind === 'classes' ? ['probabilities', 'logits'] : ['value'])
  const states = read.value('states') === undefined ? [] : read.records('states').map((state) => ({ input: state.text('input'), output: state.text('output') }))
  const names = [read.text('input'), ...states.map((state) => state.input)]
  if (new Set(names).size !== names.length) throw read.broken('states', 'inputs of different names')
  return { input: names[0]!, output: read.text('output'), gives, ...(states.length > 0 && { states }) }
}

/**
 * Checks that these are the bytes that the manifest was written for.
 *
 * @throws {LobError} LOB_BAD_FILE where length or hash differ.
 */
export function checkModelHash(model: Uint8Array, manifest: ModelManifest, file?: string): void {
  const where = file === undefined ? {} : { file }
  const { bytes, sha256: expected } = manifest.model
  if (model.length !== bytes) {
    throw new LobError('LOB_BAD_FILE', `The model of ${manifest.name} has ${model.length} bytes, its manifest says ${bytes}: the file is truncated or another one; fetch it again.`, where)
  }
  const actual = sha256(model)
  if (actual === expected) return
  throw new LobError('LOB_BAD_FILE', `The model of ${manifest.name} has SHA-256 ${actual}, its manifest says ${expected}: the file was changed after it was published; fetch it again, or write a new manifest if the change was yours.`, where)
}
