import { integerOption, LobError, numberOption, type Random } from '@rxlob/core'
import { cloudMean, cloudVariance, effectiveSampleSize, particleCloud, stepCloud, type HiddenModel } from './particle-cloud.js'

export interface ParticleFilterOptions {
  readonly model: HiddenModel
  /** Seeded, passed in: the same source gives the same bits. */
  readonly random: Random
  /** Default 1000. */
  readonly particles?: number
  /** Share of the particles that the effective sample size may fall to before they are resampled, 0 (never) to 1. Default 0.5. */
  readonly resampleBelow?: number
}

/** What is known of the hidden number, given the observations so far. */
export interface ParticleFilter {
  readonly mean: number
  readonly variance: number
  /** How many equally weighted particles they are worth, 1 to all. */
  readonly effectiveSampleSize: number
  /** Observations that no particle explained: they moved the particles and taught nothing. */
  readonly unexplained: number
  /** The hidden number that is exceeded with probability 1 - p, p from 0 to 1. Cost: O(particles log particles). */
  quantile(p: number): number
  /**
   * Takes an observation in; returns its log likelihood given those before, estimated without bias on the natural scale.
   *
   * @throws {LobError} LOB_MODEL where the observation is NaN.
   */
  step(observation: number): number
}

/**
 * Bootstrap particle filter: the hidden number of any Markov model of which one can draw and score, one observation at a time.
 *
 *   x_i ~ p(x | x_i before), w_i <- w_i p(y | x_i), normalised;  resample systematically where 1 / sum w_i^2 < resampleBelow * N
 *
 * Cost: O(particles) an observation.
 *
 * @throws {LobError} LOB_BAD_OPTION where an option is out of range.
 * @see Gordon, Salmond and Smith (1993), IEE Proceedings F 140(2), 107-113
 * @example
 * particleFilter({ model: localLevel({ levelVariance: 0.1, noiseVariance: 0.5 }), random: seededRandom(1) })
 */
export function particleFilter(options: ParticleFilterOptions): ParticleFilter {
  const { model, random } = options
  const particles = integerOption('particles', options.particles ?? 1000, 2, 10_000_000)
  const resampleBelow = numberOption('resampleBelow', options.resampleBelow ?? 0.5, 0, 1)
  const cloud = particleCloud(particles, model, random)
  let unexplained = 0
  return {
    get mean() {
      return cloudMean(cloud)
    },
    get variance() {
      return cloudVariance(cloud)
    },
    get effectiveSampleSize() {
      return effectiveSampleSize(cloud.weights)
    },
    get unexplained() {
      return unexplained
    },
    quantile(p) {
      const { x, weights } = cloud
      const order = Array.from(x, (_, i) => i).sort((a, b) => x[a]! - x[b]!)
      let sum = 0
      for (const i of order) if ((sum += weights[i]!) >= p) return x[i]!
      return x[order.at(-1)!]!
    },
    step(observation) {
      if (Number.isNaN(observation)) throw new LobError('LOB_MODEL', 'particleFilter: the observation is NaN; leave undefined rows out.')
      const logLikelihood = stepCloud(cloud, model, observation, resampleBelow, random)
      if (logLikelihood === -Infinity) unexplained++
      return logLikelihood
    },
  }
}
