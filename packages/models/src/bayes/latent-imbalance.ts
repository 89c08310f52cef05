import { defineVectorFeature, integerOption, type Feature, type Random } from '@rxlob/core'
import { localLevel, type LocalLevelOptions } from './local-level.js'
import { cloudMean, cloudVariance, particleCloud, stepCloud, type ParticleCloud } from './particle-cloud.js'

export interface LatentImbalanceOptions extends Partial<Pick<LocalLevelOptions, 'levelVariance' | 'noiseVariance' | 'noiseDegrees'>> {
  /** Default 200. */
  readonly particles?: number
  /** Of the random source. Default 1. */
  readonly seed?: number
}

interface State {
  readonly cloud: ParticleCloud
  /** Of the random source: plain data, so that the state can be cloned. */
  word: number
}

/**
 * The slow level beneath the flickering imbalance of the best queues, by a bootstrap particle filter.
 *
 *   x_t = x_(t-1) + N(0, levelVariance),  (bid - ask) / (bid + ask) = x_t + noise, Student-t
 *
 * Unit: ratio, positive where the bid is longer. Columns `latent_imbalance` (the mean of x given all events so far) and `latent_imbalance_sd`
 * (its standard deviation). Variances are per event of the sampler. A seeded estimate: of relative error about 1 / sqrt(particles) in the deviation.
 * NaN while a side is empty, or the book is crossed or not synced. Cost: O(particles) an event, about 20 us by default.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range.
 * @example
 * features([queueImbalance(), latentImbalance({ levelVariance: 0.001, noiseVariance: 0.1 })])
 */
export function latentImbalance(options: LatentImbalanceOptions = {}): Feature<'latent_imbalance' | 'latent_imbalance_sd'> {
  const { levelVariance = 0.001, noiseVariance = 0.1, noiseDegrees = 5, seed = 1 } = options
  const particles = integerOption('particles', options.particles ?? 200, 2, 100_000)
  integerOption('seed', seed, 0, 0xffffffff)
  const model = localLevel({ levelVariance, noiseVariance, noiseDegrees, startVariance: 0.1 })
  // One source for all states, which is handed each state's word while that is stepped: no closure an event.
  let word = 0
  const random: Random = () => {
    word = (word + 0x9e3779b9) | 0
    let z = word
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad)
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97)
    return ((z ^ (z >>> 15)) >>> 0) / 4294967296
  }
  return defineVectorFeature({
    name: 'latent_imbalance',
    columns: [{ name: 'latent_imbalance', unit: 'ratio' }, { name: 'latent_imbalance_sd', unit: 'ratio' }],
    depth: 1,
    options: { levelVariance, noiseVariance, noiseDegrees: String(noiseDegrees), particles, seed },
    init: (): State => {
      word = seed | 0
      const cloud = particleCloud(particles, model, random)
      return { cloud, word }
    },
    step: (state, { book }, out, at) => {
      if (book.bidDepth === 0 || book.askDepth === 0) {
        out[at] = out[at + 1] = NaN
        return
      }
      const bid = book.bidLots(0)
      const ask = book.askLots(0)
      word = state.word
      stepCloud(state.cloud, model, (bid - ask) / (bid + ask), 0.5, random)
      state.word = word
      out[at] = cloudMean(state.cloud)
      out[at + 1] = Math.sqrt(cloudVariance(state.cloud))
    },
  })
}
