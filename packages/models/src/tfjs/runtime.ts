import { LobError } from '@rxlob/core'
import type * as tfjs from '@tensorflow/tfjs'
import { createRequire } from 'node:module'
import util from 'node:util'

export type Tf = typeof tfjs
export type Tensor = tfjs.Tensor
export type Variable = tfjs.Variable

/** Where the arithmetic of training is done, the fastest first. */
type TfjsBackend = 'node' | 'wasm' | 'cpu'

export interface TfjsRuntime {
  readonly tf: Tf
  readonly backend: TfjsBackend
  /** For people: versions, and why a faster one was passed over. */
  readonly description: string
}

const require = createRequire(import.meta.url)
let loaded: Promise<TfjsRuntime> | undefined

/**
 * TensorFlow.js on the fastest backend that is installed: the native library of `@tensorflow/tfjs-node`, else WebAssembly, else plain JavaScript.
 *
 * The environment variable RXLOB_TFJS (`node`, `wasm` or `cpu`) leaves the faster ones out. Loaded once a process.
 *
 * @throws {LobError} LOB_MISSING_PEER where `@tensorflow/tfjs` is not installed.
 */
export function tfjsRuntime(): Promise<TfjsRuntime> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<TfjsRuntime> {
  const order: readonly TfjsBackend[] = ['node', 'wasm', 'cpu']
  const wanted = process.env['RXLOB_TFJS'] ?? 'node'
  const from = order.indexOf(wanted as TfjsBackend)
  if (from < 0) throw new LobError('LOB_BAD_OPTION', `Environment variable RXLOB_TFJS: expected node, wasm or cpu, got ${wanted}.`)
  const passedOver: string[] = []
  for (const backend of order.slice(from)) {
    try {
      const tf = await backends[backend]()
      const name = { node: `tfjs-node ${tf.version_core}, native TensorFlow`, wasm: `tfjs ${tf.version_core} on WebAssembly`, cpu: `tfjs ${tf.version_core} in plain JavaScript (slow)` }[backend]
      return { tf, backend, description: [name, ...passedOver].join('; ') }
    } catch (error) {
      if (error instanceof LobError) throw error
      passedOver.push(`no ${backend}: ${String((error as Error).message).split('\n')[0]}`)
    }
  }
  throw new LobError('LOB_MISSING_PEER', `Training needs TensorFlow.js: npm install @tensorflow/tfjs @tensorflow/tfjs-backend-wasm (${passedOver.join('; ')})`)
}

const backends: Readonly<Record<TfjsBackend, () => Promise<Tf>>> = {
  async node() {
    // tfjs-node 4.22 calls two functions that Node 23 removed or warns of: github.com/tensorflow/tfjs/issues/8609
    const removed = util as unknown as Record<string, unknown>
    removed['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
    removed['isArray'] = Array.isArray
    process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2'
    const tf = require('@tensorflow/tfjs-node') as Tf
    await tf.ready()
    return tf
  },
  async wasm() {
    const tf = require('@tensorflow/tfjs') as Tf
    require('@tensorflow/tfjs-backend-wasm')
    if (!(await tf.setBackend('wasm'))) throw new Error('the backend does not start')
    return tf
  },
  async cpu() {
    const tf = require('@tensorflow/tfjs') as Tf
    await tf.setBackend('cpu')
    return tf
  },
}
