import { integerOption, numberOption, type LatencyModel, type Micros } from '@rxlob/core'

export interface JitteredLatencyOptions {
  /** What the delays are without jitter. */
  readonly base: LatencyModel
  /** Mean of what is added to each order message and report, 0 to 1e9. */
  readonly meanJitterMicros: Micros
  /** Of the jitter, an unsigned 32-bit integer. Default 1. */
  readonly seed?: number
}

/**
 * Delays with exponential jitter on order messages and reports, a pure function of seed and time: the model may be shared by runs.
 * Messages never overtake each other: the engine delivers them in order.
 *
 * @throws {LobError} LOB_BAD_OPTION where the mean or the seed is out of range.
 * @example
 * jitteredLatency({ base: constantLatency({ micros: 500 }), meanJitterMicros: 200 })
 */
export function jitteredLatency(options: JitteredLatencyOptions): LatencyModel {
  const { base } = options
  const mean = numberOption('meanJitterMicros', options.meanJitterMicros, 0, 1e9)
  const seed = integerOption('seed', options.seed ?? 1, 0, 0xffffffff)
  const jitter = (now: Micros, way: number): Micros => -mean * Math.log(1 - uniform(now, seed ^ way))
  return {
    ...base,
    name: `${base.name}_jitter_${mean}us_seed_${seed}`,
    entry: (now) => base.entry(now) + jitter(now, 0),
    feedback: (now) => base.feedback(now) + jitter(now, 0x5bd1e995),
  }
}

/** 0 to below 1, by mixing time and seed (the finaliser of MurmurHash3, twice). */
function uniform(now: Micros, seed: number): number {
  const low = mixed((now | 0) ^ seed)
  return mixed(low ^ ((now / 4294967296) | 0) ^ 0x9e3779b9) / 4294967296
}

function mixed(word: number): number {
  let z = word
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b)
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35)
  return (z ^ (z >>> 16)) >>> 0
}
