import { LobError, numberOption } from '@rxlob/core'
import { savedState } from './saved-state.js'

export interface StreamingPosteriorOptions<Batch> {
  /** Natural parameters of the prior. */
  readonly prior: readonly number[]
  /** Natural parameters of the (approximate) posterior of a batch, whose prior has the given ones. Changes neither argument. */
  fit(prior: Float64Array, batch: Batch): ArrayLike<number>
  /** Share of its evidence that is kept with each batch, above 0 to 1. Default 1. */
  readonly forgetting?: number
}

/** An exponential-family posterior that takes in batch after batch. */
export interface StreamingPosterior<Batch> {
  /** Its natural parameters, a copy. */
  readonly parameters: Float64Array
  absorb(batch: Batch): void
  save(): unknown
  load(state: unknown): void
}

/**
 * Streaming variational Bayes over natural parameters: whatever fits one batch, exactly or not, made to take in a stream of them.
 *
 *   xi <- forgetting * xi + (1 - forgetting) * prior;  xi <- xi + (fit(xi, batch) - xi)
 *
 * For conjugate models it is the exact posterior of all batches, in any cut; for others each batch is approximated where the last one ended.
 *
 * @throws {LobError} LOB_BAD_OPTION where `forgetting` is out of range; LOB_MODEL from `absorb` where a fit is not finite or of another length.
 * @see Broderick et al. (2013), Streaming variational Bayes, NIPS 26, equation 6
 * @example
 * streamingPosterior({ prior: [1, 1, 1], fit: (alpha, counts: number[]) => alpha.map((value, k) => value + counts[k]!) })
 */
export function streamingPosterior<Batch>(options: StreamingPosteriorOptions<Batch>): StreamingPosterior<Batch> {
  const prior = Float64Array.from(options.prior)
  const forgetting = numberOption('forgetting', options.forgetting ?? 1, Number.MIN_VALUE, 1)
  const xi = prior.slice()
  return {
    get parameters() {
      return xi.slice()
    },
    absorb(batch) {
      const faded = xi.map((value, k) => forgetting * value + (1 - forgetting) * prior[k]!)
      const fitted = Float64Array.from(options.fit(faded.slice(), batch))
      if (fitted.length !== xi.length || !fitted.every((value) => Number.isFinite(value))) {
        throw new LobError('LOB_MODEL', `streamingPosterior: expected ${xi.length} finite natural parameters of a fit, got ${fitted.length}; the batch was left out.`)
      }
      xi.set(fitted)
    },
    save: () => ({ model: 'streaming_posterior', version: 1, parameters: [...xi] }),
    load(state) {
      xi.set(savedState('streamingPosterior', state).numbers('parameters', xi.length))
    },
  }
}
