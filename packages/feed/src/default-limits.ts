import type { VenueLimits } from './live-source-spec.js'

/** Every part of `VenueLimits`, with defaults that suit Binance. */
export const defaultLimits: Required<VenueLimits> = {
  weightPerMinute: 6000,
  weightWindowMicros: 60_000_000,
  metadataWeight: 20,
  controlPerSecond: 4,
  connectsPerFiveMinutes: 300,
  streamsPerConnection: 200,
  lifetimeMicros: 23.5 * 3_600_000_000,
  pingMicros: 15_000_000,
  firstMessageMicros: 10_000_000,
}
