import { integerOption, LobError } from '@rxlob/core'
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkModelHash, readManifest, type ModelManifest } from '../manifest.js'
import { checkGraph, defaultLimits, type ModelLimits } from './check-graph.js'
import { graphShapes, type GraphShapes } from './graph-shapes.js'
import { localSession } from './local-session.js'
import { SessionError, type RuntimeName, type Session } from './runtime.js'
import { workerSession } from './worker-session.js'

export interface OpenModelOptions {
  /** The ONNX file: its path, or its bytes. */
  readonly model: string | URL | Uint8Array
  /** The manifest: its path, or what was read from it. */
  readonly manifest: string | URL | ModelManifest
  /**
   * `worker`: a thread of its own, so that a live stream keeps receiving while the model runs. `here`: this thread, which saves the
   * way there and back (some 0.05 ms) and blocks it for the time of a run; for batches and replays. Default `worker`.
   */
  readonly thread?: 'worker' | 'here'
  /**
   * Default `auto`: `onnxruntime-node`; `onnxruntime-web` where that is absent or has no binary for this machine. Asked for, the latter answers
   * single windows of boosted trees in two thirds of the time; nets and batches are slower there.
   */
  readonly runtime?: 'auto' | RuntimeName
  /** Of ONNX Runtime, in order of preference, for example `['cuda', 'cpu']`. Default the processor alone. */
  readonly executionProviders?: readonly string[]
  /** Threads inside one run. More than one makes single windows slower. Default 1. */
  readonly threads?: number
  readonly limits?: Partial<ModelLimits>
}

/** A model file that was checked against its manifest and loaded. */
export interface OpenModel {
  readonly manifest: ModelManifest
  readonly shapes: GraphShapes
  readonly session: Session & { readonly restarts?: number }
}

/**
 * Reads, checks and loads a model: hash, structure and shapes before the runtime sees the file.
 *
 * @throws {LobError} LOB_BAD_FILE for files that cannot be read, are damaged or do not belong together; LOB_COLUMN_MISMATCH where the
 * graph has other tensors than the manifest says; LOB_MODEL for models that are refused; LOB_MISSING_PEER without a runtime.
 */
export async function openModel(options: OpenModelOptions): Promise<OpenModel> {
  const { thread = 'worker', runtime = 'auto', executionProviders = [], limits = {} } = options
  const threads = integerOption('threads', options.threads ?? 1, 1, 256)
  const manifestFile = pathOf(options.manifest)
  const manifest = manifestFile === undefined ? readManifest(options.manifest) : readManifest(await readJson(manifestFile), manifestFile)
  const allowed = { ...defaultLimits, ...limits }
  const file = pathOf(options.model)
  const bytes = file === undefined ? (options.model as Uint8Array) : await readLimited(file, allowed.maxBytes)
  const what = file === undefined ? `The model of ${manifest.name}` : `The model ${basename(file)}`
  checkModelHash(bytes, manifest, file)
  const { graph } = checkGraph(bytes, what, allowed)
  const shapes = graphShapes(graph, manifest)
  const sessionOptions = { runtime, executionProviders, threads }
  try {
    const session = await (thread === 'here' ? localSession : workerSession)(manifest.name, bytes, sessionOptions)
    return { manifest, shapes, session }
  } catch (error) {
    throw error instanceof SessionError ? sessionFailure(error, manifest.name, what, runtime, file) : error
  }
}

/** Why a session could not be had, as an error of ours. */
export function sessionFailure(error: SessionError, name: string, what: string, runtime: string, file: string | undefined): LobError {
  if (error.kind === 'missing') {
    const peer = runtime === 'auto' ? 'onnxruntime-node' : runtime
    return new LobError('LOB_MISSING_PEER', `${name} needs ONNX Runtime: npm install ${peer} (${error.message}).`, {}, { cause: error })
  }
  return new LobError('LOB_MODEL', `ONNX Runtime refuses ${what.replace('The', 'the')}: ${error.message}`, file === undefined ? {} : { file }, { cause: error })
}

const pathOf = (source: string | URL | object): string | undefined =>
  typeof source === 'string' ? source : source instanceof URL ? fileURLToPath(source) : undefined

const unreadable = (file: string, error: unknown): LobError =>
  new LobError('LOB_BAD_FILE', `Cannot read ${file}: ${(error as Error).message}`, { file }, { cause: error })

async function readJson(file: string): Promise<unknown> {
  const text = new TextDecoder().decode(await readLimited(file, 2 ** 24))
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new LobError('LOB_BAD_FILE', `The manifest ${file} is no JSON: ${(error as Error).message}`, { file }, { cause: error })
  }
}

/** The size is asked first, so that a file without end is not read into memory. */
async function readLimited(file: string, maxBytes: number): Promise<Uint8Array> {
  try {
    const { size } = await stat(file)
    if (size > maxBytes) throw new LobError('LOB_MODEL', `${file} has ${size} bytes, the limit is ${maxBytes} (limits.maxBytes).`, { file })
    return await readFile(file)
  } catch (error) {
    throw error instanceof LobError ? error : unreadable(file, error)
  }
}
