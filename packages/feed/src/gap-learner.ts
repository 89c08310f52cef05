import type { Micros } from '@rxlob/core'

/** Learns how long a stream normally rests. */
export interface GapLearner {
  learn(gapMicros: Micros): void
  /** Silence beyond this is not normal: five times the 99.9 % quantile of the gaps seen, from 5 s to 60 s. 60 s while little is known. */
  readonly limitMicros: Micros
  /** Silence beyond this is strange, if not alarming: five times the same quantile, or the longest gap while there are few, at most 60 s. Infinity before the twentieth gap. */
  readonly lullMicros: Micros
}

const floorMicros = 5_000_000
const capMicros = 60_000_000
const enough = 200
const enoughForLulls = 20
/** Old gaps count half after this many new ones. */
const fadeAfter = 100_000
/** Buckets grow by a quarter from 1 ms: a quantile is at most a quarter too large. */
const ratio = Math.log(1.25)
const buckets = 64

/** Gaps in a logarithmic histogram. Cost: O(1) a message, 64 numbers a stream. */
export function gapLearner(): GapLearner {
  const counts = new Float64Array(buckets)
  let total = 0

  /** Of fewer than a thousand gaps, the longest. */
  function quantileMicros(): Micros {
    let above = total * 0.001
    let bucket = buckets - 1
    while (bucket > 0 && (above -= counts[bucket]!) > 0) bucket--
    return 1000 * Math.exp(bucket * ratio)
  }

  return {
    learn(gapMicros) {
      const bucket = Math.ceil(Math.log(Math.max(gapMicros, 1000) / 1000) / ratio)
      counts[Math.min(bucket, buckets - 1)]!++
      total++
      if (total < fadeAfter) return
      for (let i = 0; i < buckets; i++) counts[i]! /= 2
      total /= 2
    },
    get limitMicros() {
      return total < enough ? capMicros : Math.min(capMicros, Math.max(floorMicros, 5 * quantileMicros()))
    },
    get lullMicros() {
      return total < enoughForLulls ? Infinity : Math.min(capMicros, 5 * quantileMicros())
    },
  }
}
