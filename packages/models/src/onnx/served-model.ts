import type { InputSpec, OutputSpec } from '@rxlob/core'
import type { ModelManifest } from '../manifest.js'
import type { OpenModel } from './open-model.js'
import type { RuntimeName } from './runtime.js'

/** What every predictor shows of the model that it runs. */
export interface ServedModel {
  readonly contract: 1
  readonly name: string
  readonly input: InputSpec
  readonly output: OutputSpec
  readonly manifest: ModelManifest
  /** The runtime that was found. */
  readonly runtime: RuntimeName
  /** Why the native runtime was not taken, where it was not. */
  readonly fallback: string | undefined
  /** Worker threads that died and were replaced. */
  readonly restarts: number
  /** Ends the thread; runs under way fail. Safe to call twice. */
  close(): Promise<void>
}

/** A predictor: what it does itself, and what it shows of its model. */
export function servedModel<Own extends object>({ manifest, session }: OpenModel, own: Own): ServedModel & Own {
  const { name, input, output } = manifest
  const shown: ServedModel = {
    contract: 1,
    name,
    input,
    output,
    manifest,
    runtime: session.runtime,
    fallback: session.fallback,
    get restarts() {
      return session.restarts ?? 0
    },
    close: () => session.close(),
  }
  return Object.assign(shown, own)
}
