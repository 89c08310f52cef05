// The one file that names ONNX Runtime. It is also the program of the worker threads, so it imports nothing of ours but types:
// a worker starts from the file as it is.
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'

export type RuntimeName = 'onnxruntime-node' | 'onnxruntime-web'

export interface SessionOptions {
  /** `auto`: the native runtime, and where it is not installed or has no binary for this machine, WebAssembly. */
  readonly runtime: 'auto' | RuntimeName
  readonly executionProviders: readonly string[]
  readonly threads: number
}

/** A tensor on its way in or out. */
export interface Floats {
  readonly data: Float32Array
  readonly dims: readonly number[]
}

/** What a run takes. The numbers in its arrays are the run's until it is answered; then they may be others, and the request be run again. */
export interface RunRequest {
  readonly feeds: Readonly<Record<string, Floats>>
  /** Names of the outputs that are wanted, in the order of the answer. */
  readonly fetches: readonly string[]
}

/** A model that is loaded and runs. */
export interface Session {
  readonly runtime: RuntimeName
  /** Why the native runtime was not taken, where it was not. */
  readonly fallback: string | undefined
  /** At once where it is computed on this thread: each promise on the way costs as much as ten trees. */
  run(request: RunRequest): Floats[] | Promise<Floats[]>
  close(): Promise<void>
}

/** Why a session could not be had; `kind` says which error of ours it becomes. */
export class SessionError extends Error {
  override readonly name = 'SessionError'
  readonly kind: 'missing' | 'refused'

  constructor(kind: 'missing' | 'refused', message: string, options?: ErrorOptions) {
    super(message, options)
    this.kind = kind
  }
}

type Runtime = typeof import('onnxruntime-node')

/** Tensors by name. */
type Tensors = Record<string, Tensor>

/** A loaded model as the runtime shows it. */
interface Runner {
  run(request: RunRequest): Floats[] | Promise<Floats[]>
  release(): Promise<void>
}

/** Loads a model on this thread. @throws {SessionError} where there is no runtime, or it refuses the model. */
export async function openSession(model: Uint8Array, options: SessionOptions): Promise<Session> {
  const { ort, name, fallback } = await loadRuntime(options.runtime)
  const providers = options.executionProviders.length > 0 ? options.executionProviders : name === 'onnxruntime-node' ? ['cpu'] : ['wasm']
  const settings: InferenceSession.SessionOptions = {
    executionProviders: [...providers],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: options.threads,
    interOpNumThreads: 1,
    // Warnings of the optimiser are not the user's.
    logSeverityLevel: 3,
  }
  const plain = providers.every((provider) => provider === (name === 'onnxruntime-node' ? 'cpu' : 'wasm'))
  let runner: Runner
  try {
    runner = (plain ? await promptRunner(name, model, settings) : undefined) ?? (await publicRunner(ort, model, settings))
  } catch (error) {
    throw new SessionError('refused', messageOf(error), { cause: error })
  }
  return { runtime: name, fallback, run: (request) => runner.run(request), close: () => runner.release() }
}

const answersOf = (outputs: Tensors, fetches: readonly string[]): Floats[] =>
  fetches.map((output) => {
    const { data, dims } = outputs[output]!
    return { data: data as Float32Array, dims }
  })

async function publicRunner(ort: Runtime, model: Uint8Array, settings: InferenceSession.SessionOptions): Promise<Runner> {
  const session = await ort.InferenceSession.create(model, settings)
  // Making tensors costs as much as a small layer, so those of the last run are filled again, unless another run has them.
  let spare: Tensors | undefined
  return {
    async run({ feeds, fetches }) {
      const kept = spare
      spare = undefined
      const tensors = kept !== undefined && refilled(kept, feeds) ? kept : newTensors(ort, feeds)
      const outputs = (await session.run(tensors, fetches)) as Tensors
      spare = tensors
      return answersOf(outputs, fetches)
    },
    release: () => session.release(),
  }
}

/**
 * The model in the module under the package, which runs when it is called: `onnxruntime-node` waits for a turn of the event loop first, `onnxruntime-web` makes all tensors anew.
 * No part of the packages' promise, so where such a module is missing or fails the package is asked.
 */
async function promptRunner(name: RuntimeName, model: Uint8Array, settings: InferenceSession.SessionOptions): Promise<Runner | undefined> {
  try {
    const { run, release } = await (name === 'onnxruntime-node' ? bindingRunner(model, settings) : (await importWebRunner()).webRunner(model))
    const turnDue = eventLoopTurns()
    return { run: (request) => turnDue()?.then(() => run(request)) ?? run(request), release }
  } catch {
    return undefined
  }
}

/** Built a file of its own, in the sources the file as it stands: a worker could resolve no other name of it. */
const importWebRunner = (): Promise<typeof import('./web-runner.js')> => import(/* @vite-ignore */ new URL(import.meta.url.endsWith('.ts') ? './web-runner.ts' : './onnx-web-runner.js', import.meta.url).href)

async function bindingRunner(model: Uint8Array, settings: InferenceSession.SessionOptions): Promise<Runner> {
  const { binding, initOrt } = moduleOf(await import('onnxruntime-node/dist/binding.js'))
  initOrt()
  const session = new binding.InferenceSession()
  session.loadModel(model.buffer as ArrayBuffer, model.byteOffset, model.byteLength, settings)
  const bare = session as unknown as BareSession
  // Built once for a request that comes again.
  let last: { readonly request: RunRequest; readonly feeds: Record<string, BareTensor>; readonly wanted: Record<string, null> } | undefined
  return {
    run(request) {
      const { feeds, fetches } = request
      if (last?.request !== request) last = { request, feeds: bareTensors(feeds), wanted: Object.fromEntries(fetches.map((output) => [output, null])) }
      const outputs = bare.run(last.feeds, last.wanted)
      // A binding that one day runs beside us gives promises.
      return outputs instanceof Promise ? outputs.then((ran: Tensors) => answersOf(ran, fetches)) : answersOf(outputs, fetches)
    },
    release: async () => session.dispose(),
  }
}

/** Milliseconds for which runs that follow one another may keep the event loop from turning once it was asked to. */
const longestHold = 10

/** To be called before each run: a turn of the event loop to wait for, where one was asked for and has not come for long. */
function eventLoopTurns(): () => Promise<void> | undefined {
  let asked = false
  let since = -Infinity
  const turned = (): void => void (asked = false)
  return () => {
    const now = performance.now()
    if (now - since < longestHold) return undefined
    if (asked) return new Promise((resolve) => setImmediate(resolve))
    asked = true
    since = now
    setImmediate(turned)
    return undefined
  }
}

/** What the binding reads of a tensor. Its properties are read one by one from outside of JavaScript, where a getter of the class costs more than a number. */
interface BareTensor extends Floats {
  readonly type: 'float32'
  readonly location: 'cpu'
}

/** The binding's session, called without options: reading those takes half a microsecond, even where there are none. */
interface BareSession {
  run(feeds: Readonly<Record<string, BareTensor>>, fetches: Readonly<Record<string, null>>): Tensors | Promise<Tensors>
}

const bareTensors = (feeds: RunRequest['feeds']): Record<string, BareTensor> =>
  Object.fromEntries(Object.entries(feeds).map(([input, { data, dims }]) => [input, { type: 'float32', data, dims, location: 'cpu' }]))

const newTensors = (ort: Runtime, feeds: RunRequest['feeds']): Tensors =>
  Object.fromEntries(Object.entries(feeds).map(([input, { data, dims }]) => [input, new ort.Tensor('float32', data.slice(), dims)]))

/** Copies the feeds into tensors that were made for others; false where they are of another shape. */
function refilled(tensors: Tensors, feeds: RunRequest['feeds']): boolean {
  for (const input in feeds) {
    const { dims } = feeds[input]!
    const tensor = tensors[input]
    if (tensor === undefined || tensor.dims.length !== dims.length) return false
    for (let at = 0; at < dims.length; at++) if (tensor.dims[at] !== dims[at]) return false
  }
  for (const input in feeds) (tensors[input]!.data as Float32Array).set(feeds[input]!.data)
  return true
}

async function loadRuntime(wanted: SessionOptions['runtime']): Promise<{ ort: Runtime; name: RuntimeName; fallback: string | undefined }> {
  const failures: string[] = []
  if (wanted !== 'onnxruntime-web') {
    try {
      return { ort: moduleOf<Runtime>(await import('onnxruntime-node')), name: 'onnxruntime-node', fallback: undefined }
    } catch (error) {
      failures.push(`onnxruntime-node: ${messageOf(error)}`)
    }
  }
  if (wanted !== 'onnxruntime-node') {
    try {
      const ort = moduleOf((await import('onnxruntime-web')) as unknown as Runtime)
      // More threads than one would start workers of its own; a window is too small for them.
      ort.env.wasm.numThreads = 1
      return { ort, name: 'onnxruntime-web', fallback: failures[0] }
    } catch (error) {
      failures.push(`onnxruntime-web: ${messageOf(error)}`)
    }
  }
  throw new SessionError('missing', failures.join('; '))
}

/** Both packages are CommonJS to some loaders and modules to others. */
const moduleOf = <Module extends object>(loaded: Module & { default?: Module }): Module => loaded.default ?? loaded

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n', 1)[0]!.slice(0, 500)

/** To a worker. The first is `open`. */
export type ToWorker =
  | { readonly kind: 'open'; readonly model: Uint8Array; readonly options: SessionOptions }
  | ({ readonly kind: 'run'; readonly id: number } & RunRequest)
  /** The last one: the thread ends after the runs before it. */
  | { readonly kind: 'close' }

/** From a worker. */
export type FromWorker =
  | { readonly kind: 'opened'; readonly runtime: RuntimeName; readonly fallback: string | undefined }
  | { readonly kind: 'failed'; readonly reason: SessionError['kind']; readonly message: string }
  | { readonly kind: 'ran'; readonly id: number; readonly outputs: Floats[] }
  | { readonly kind: 'stumbled'; readonly id: number; readonly message: string }

/** What `workerData` holds in a thread that was started to serve a session. */
export interface WorkerSetting {
  readonly serves: typeof workerMark
  /** Shared: whether the runtime is at work (`gateAtWork`), and whether it may begin no more (`gateShut`). */
  readonly gate: Int32Array
}
export const workerMark = 'rxlob-onnx-session'
export const gateAtWork = 0
export const gateShut = 1

const setting = workerData as WorkerSetting | undefined

if (!isMainThread && setting?.serves === workerMark) {
  const port = parentPort!
  const { gate } = setting
  let session: Session | undefined
  const running = new Set<Promise<unknown>>()
  const leaveWork = (): void => {
    Atomics.sub(gate, gateAtWork, 1)
    Atomics.notify(gate, gateAtWork)
  }
  const answer = (message: FromWorker, transfer: readonly ArrayBuffer[] = []): void => port.postMessage(message, transfer)
  const serve = async (message: ToWorker): Promise<void> => {
    if (message.kind === 'close') {
      await Promise.allSettled(running)
      await session?.close().catch(() => {})
      // WebAssembly keeps its thread alive.
      process.exit()
    }
    if (message.kind === 'open') {
      try {
        session = await openSession(message.model, message.options)
        answer({ kind: 'opened', runtime: session.runtime, fallback: session.fallback })
      } catch (error) {
        answer({ kind: 'failed', reason: error instanceof SessionError ? error.kind : 'refused', message: messageOf(error) })
      }
      return
    }
    try {
      // First at work, then the look at the gate: whoever shuts it and sees nobody at work is right.
      Atomics.add(gate, gateAtWork, 1)
      if (Atomics.load(gate, gateShut) === 1) return void leaveWork()
      const run = new Promise<Floats[]>((resolve) => resolve(session!.run(message))).finally(leaveWork)
      running.add(run)
      const outputs = await run.finally(() => running.delete(run))
      // Copies: the runtime's memory may not leave its thread, and some builds hand out views of it.
      const own = outputs.map(({ data, dims }) => ({ data: data.slice(), dims }))
      answer({ kind: 'ran', id: message.id, outputs: own }, own.map(({ data }) => data.buffer))
    } catch (error) {
      answer({ kind: 'stumbled', id: message.id, message: messageOf(error) })
    }
  }
  port.on('message', (message: ToWorker) => void serve(message))
}
