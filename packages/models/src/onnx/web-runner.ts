// The module under onnxruntime-web, called as the package calls it. `runtime.ts` loads this file where it is wanted, in worker threads too, so it imports nothing of ours but types.
// oxlint-disable no-underscore-dangle -- the names are Emscripten's
import type { Floats, RunRequest } from './runtime.js'

/** What is used of the module: the C interface of ONNX Runtime, and Emscripten's memory. Pointers and sizes have four bytes. */
interface WebModule {
  /** Views of the memory, made anew as it grows. */
  readonly HEAPU8: Uint8Array
  readonly HEAP32: Int32Array
  /** Present since the interface is the one below. */
  readonly PTR_SIZE: number | undefined
  _malloc(bytes: number): number
  _free(pointer: number): void
  UTF8ToString(pointer: number): string
  stringToUTF8(text: string, pointer: number, bytes: number): void
  lengthBytesUTF8(text: string): number
  _OrtInit(threads: number, logLevel: number): number
  _OrtCreateSessionOptions(optimisation: number, arena: number, memoryPattern: number, parallel: number, profiling: number, profilePrefix: number, logId: number, logSeverity: number, logVerbosity: number, optimisedFile: number): number
  _OrtReleaseSessionOptions(options: number): number
  _OrtCreateSession(model: number, bytes: number, options: number): number | Promise<number>
  _OrtReleaseSession(session: number): number
  _OrtCreateTensor(type: number, data: number, bytes: number, dims: number, rank: number, location: number): number
  _OrtReleaseTensor(tensor: number): number
  _OrtGetTensorData(tensor: number, type: number, data: number, dims: number, rank: number): number
  _OrtRun(session: number, inputNames: number, inputs: number, inputCount: number, outputNames: number, outputCount: number, outputs: number, options: number): number
  _OrtFree(pointer: number): void
  _OrtGetLastError(code: number, message: number): number
}

/** A model in WebAssembly that answers when it is asked. */
interface WebRunner {
  run(request: RunRequest): Floats[]
  release(): Promise<void>
}

/** A request as it lies in the module's memory. */
interface Staged {
  readonly request: RunRequest
  readonly data: readonly Float32Array[]
  readonly feeds: readonly Place[]
  readonly inputNames: number
  readonly inputs: number
  readonly outputNames: number
  readonly outputs: number
  /** Tensors for its outputs, once their shapes are known. */
  answers: readonly Place[] | undefined
  release(): void
}

/** A tensor over numbers in the module's memory. */
interface Place {
  readonly tensor: number
  readonly at: number
  readonly size: number
  readonly dims: readonly number[]
}

const pointerBytes = 4
const floatBytes = 4
const floatType = 1
const onProcessor = 1
/** As `graphOptimizationLevel: 'all'`, and errors alone in the log. */
const allOptimisations = 99
const errorsOnly = 3

// A variable: the module has no types.
const modulePath: string = 'onnxruntime-web/ort-wasm-simd-threaded.mjs'
let loading: Promise<WebModule> | undefined

async function loadModule(): Promise<WebModule> {
  const { default: make } = (await import(/* @vite-ignore */ modulePath)) as { default: (options: { numThreads: number }) => Promise<WebModule> }
  const web = await make({ numThreads: 1 })
  if (web.PTR_SIZE !== pointerBytes) throw new Error('the module has another interface than ours')
  if (web._OrtInit(1, errorsOnly) !== 0) throw new Error('the module does not start')
  return web
}

/**
 * Loads a model into the WebAssembly module, once a thread half a second and 75 MB. One thread, 32-bit floats in and out.
 *
 * @throws {Error} where there is no such module, or it refuses the model.
 */
export async function webRunner(model: Uint8Array): Promise<WebRunner> {
  const web = await (loading ??= loadModule())
  const pointer = (at: number): number => web.HEAP32[at >>> 2]!
  const failure = (): Error => {
    const found = web._malloc(2 * pointerBytes)
    web._OrtGetLastError(found, found + pointerBytes)
    const message = web.UTF8ToString(pointer(found + pointerBytes))
    web._free(found)
    return new Error(message)
  }
  const integers = (values: readonly number[]): number => {
    const at = room(web, values.length * pointerBytes)
    web.HEAP32.set(values, at >>> 2)
    return at
  }
  const session = await load(web, model)
  if (session === 0) throw failure()

  const names = new Map<string, number>()
  const nameOf = (name: string): number => {
    let at = names.get(name)
    if (at === undefined) {
      const bytes = web.lengthBytesUTF8(name) + 1
      at = room(web, bytes)
      web.stringToUTF8(name, at, bytes)
      names.set(name, at)
    }
    return at
  }
  let floats = new Float32Array(web.HEAPU8.buffer)
  const memory = (): Float32Array => (floats.buffer === web.HEAPU8.buffer ? floats : (floats = new Float32Array(web.HEAPU8.buffer)))

  function tensorOf(dims: readonly number[], blocks: number[]): Place {
    const size = sizeOf(dims)
    const at = room(web, size * floatBytes)
    const shape = integers(dims)
    blocks.push(at, shape)
    const tensor = web._OrtCreateTensor(floatType, at, size * floatBytes, shape, dims.length, onProcessor)
    if (tensor === 0) throw failure()
    return { tensor, at, size, dims }
  }

  function stage(request: RunRequest): Staged {
    const blocks: number[] = []
    const list = (values: readonly number[]): number => {
      const at = integers(values)
      blocks.push(at)
      return at
    }
    const feeds: Place[] = []
    const made: Staged = {
      request, feeds,
      data: Object.values(request.feeds).map(({ data }) => data),
      inputNames: list(Object.keys(request.feeds).map(nameOf)),
      inputs: list(Object.keys(request.feeds).map(() => 0)),
      outputNames: list(request.fetches.map(nameOf)),
      outputs: list(request.fetches.map(() => 0)),
      answers: undefined,
      release() {
        for (const { tensor } of [...feeds, ...(made.answers ?? [])]) web._OrtReleaseTensor(tensor)
        for (const at of blocks) web._free(at)
      },
    }
    try {
      for (const [name, { data, dims }] of Object.entries(request.feeds)) {
        // More than fit would be written over what lies behind.
        if (data.length !== sizeOf(dims)) throw new Error(`${name} of shape [${dims.join(', ')}] has ${data.length} numbers`)
        feeds.push(tensorOf(dims, blocks))
      }
    } catch (error) {
      made.release()
      throw error
    }
    web.HEAP32.set(feeds.map(({ tensor }) => tensor), made.inputs >>> 2)
    return made
  }

  /** Whether the model ran, its answers in tensors of its own, or in those of the last time. */
  const ran = ({ feeds, request: { fetches }, inputNames, inputs, outputNames, outputs }: Staged, answers: readonly Place[] | undefined): boolean => {
    for (let at = 0; at < fetches.length; at++) web.HEAP32[(outputs >>> 2) + at] = answers?.[at]!.tensor ?? 0
    return web._OrtRun(session, inputNames, inputs, feeds.length, outputNames, fetches.length, outputs, 0) === 0
  }

  const found = room(web, 4 * pointerBytes)
  /** Where a tensor of the module's lies. */
  function placeOf(tensor: number): Place {
    if (web._OrtGetTensorData(tensor, found, found + pointerBytes, found + 2 * pointerBytes, found + 3 * pointerBytes) !== 0) throw failure()
    const type = pointer(found)
    const shape = pointer(found + 2 * pointerBytes)
    const dims = Array.from({ length: pointer(found + 3 * pointerBytes) }, (_, axis) => pointer(shape + axis * pointerBytes))
    web._OrtFree(shape)
    if (type !== floatType) {
      web._OrtReleaseTensor(tensor)
      throw new Error(`an output has numbers of type ${type}, not 32-bit floats`)
    }
    return { tensor, at: pointer(found + pointerBytes), size: sizeOf(dims), dims }
  }

  const copyOf = ({ at, size, dims }: Place): Floats => {
    const data = new Float32Array(size)
    const from = memory()
    const start = at >>> 2
    for (let index = 0; index < size; index++) data[index] = from[start + index]!
    return { data, dims }
  }

  // A request that comes again is in its place already, but for its numbers.
  let staged: Staged | undefined
  return {
    run(request) {
      if (staged?.request !== request) {
        staged?.release()
        staged = undefined
        staged = stage(request)
      }
      const { data, feeds, answers } = staged
      for (let at = 0; at < feeds.length; at++) memory().set(data[at]!, feeds[at]!.at >>> 2)
      if (answers !== undefined && ran(staged, answers)) return answers.map(copyOf)
      // The first time, or the last answers had another shape.
      if (!ran(staged, undefined)) throw failure()
      for (const { tensor } of answers ?? []) web._OrtReleaseTensor(tensor)
      staged.answers = undefined
      const { outputs } = staged
      staged.answers = request.fetches.map((_, at) => placeOf(pointer(outputs + at * pointerBytes)))
      return staged.answers.map(copyOf)
    },
    async release() {
      staged?.release()
      staged = undefined
      for (const at of names.values()) web._free(at)
      web._free(found)
      web._OrtReleaseSession(session)
    },
  }
}

const sizeOf = (dims: readonly number[]): number => dims.reduce((product, length) => product * length, 1)

/** A piece of the module's memory. @throws {Error} where there is none left: what was written to address 0 would be written over the module's own numbers. */
function room(web: WebModule, bytes: number): number {
  const at = web._malloc(Math.max(1, bytes))
  if (at === 0) throw new Error(`no ${bytes} bytes are left in WebAssembly's memory`)
  return at
}

/** The session, or 0. */
async function load(web: WebModule, model: Uint8Array): Promise<number> {
  const options = web._OrtCreateSessionOptions(allOptimisations, 1, 1, 0, 0, 0, 0, errorsOnly, 0, 0)
  const bytes = room(web, model.length)
  web.HEAPU8.set(model, bytes)
  try {
    return await web._OrtCreateSession(bytes, model.length, options)
  } finally {
    web._free(bytes)
    web._OrtReleaseSessionOptions(options)
  }
}
