import { LobError, type Predictor } from '@rxlob/core'
import { channel } from 'node:diagnostics_channel'
import { Observable } from 'rxjs'
import type { ModelRegistry, ModelVersion } from './model-registry.js'

export interface PromotedPredictorOptions {
  readonly registry: ModelRegistry
  readonly name: string
  /** Makes a predictor of a version, for example `({ modelFile: model, manifestFile: manifest }) => onnxPredictor({ model, manifest })`. */
  readonly load: (version: ModelVersion) => Promise<Predictor>
  /** How often the registry is asked for its promoted version. Default 1000. */
  readonly everyMillis?: number
  /** How long a predictor that was replaced may finish what waits for it before it is closed. Default 60,000. */
  readonly graceMillis?: number
}

/** What is published on the diagnostics channel `rxlob:models:swap`. */
export interface ModelSwap {
  readonly name: string
  readonly version: number
  /** `refused`: it could not be loaded, and the one before goes on serving. */
  readonly outcome: 'serving' | 'refused'
  readonly error?: unknown
}

const swaps = channel('rxlob:models:swap')

/**
 * The promoted model of a registry as a stream of predictors, to hand to `predict`: a promotion or a roll-back swaps the model in the running
 * stream, which loses no row. The next model is loaded while the last one serves; one that cannot be loaded, or that reads other
 * columns than the one before, is refused, reported and left out until another version is promoted.
 *
 * Ends with an error LOB_BAD_OPTION where no version is promoted at the start, and with what `load` throws where the first cannot be loaded.
 */
export function promotedPredictor(options: PromotedPredictorOptions): Observable<Predictor> {
  const { registry, name, load, everyMillis = 1000, graceMillis = 60_000 } = options
  return new Observable((subscriber) => {
    let serving: Predictor | undefined
    let seen: number | undefined
    let timer: NodeJS.Timeout | undefined
    const graces = new Map<NodeJS.Timeout, Predictor>()

    const retire = (predictor: Predictor): void => {
      const grace = setTimeout(() => {
        graces.delete(grace)
        void predictor.close?.()
      }, graceMillis)
      grace.unref()
      graces.set(grace, predictor)
    }
    const look = async (): Promise<void> => {
      const promoted = await registry.promoted(name)
      if (promoted === undefined && serving === undefined) throw new LobError('LOB_BAD_OPTION', `No version of ${name} is promoted: publish one and promote it.`)
      if (promoted === undefined || promoted.version === seen) return
      seen = promoted.version
      const next = await load(promoted)
      if (subscriber.closed) return void (await next.close?.())
      if (serving !== undefined && JSON.stringify(serving.input.columns) !== JSON.stringify(next.input.columns)) {
        await next.close?.()
        throw new LobError('LOB_COLUMN_MISMATCH', `Version ${promoted.version} of ${name} reads ${next.input.columns.join(', ')}, the stream has ${serving.input.columns.join(', ')}: start a stream with its features.`)
      }
      if (serving !== undefined) retire(serving)
      serving = next
      swaps.publish({ name, version: promoted.version, outcome: 'serving' } satisfies ModelSwap)
      subscriber.next(next)
    }
    const goOn = (): void => {
      if (subscriber.closed) return
      timer = setTimeout(() => void look().catch(refuse).then(goOn), everyMillis)
      timer.unref()
    }
    const refuse = (error: unknown): void => void swaps.publish({ name, version: seen ?? 0, outcome: 'refused', error } satisfies ModelSwap)
    look().then(goOn, (error: unknown) => subscriber.error(error))
    return () => {
      clearTimeout(timer)
      for (const [grace, predictor] of graces) {
        clearTimeout(grace)
        void predictor.close?.()
      }
      void serving?.close?.()
    }
  })
}
