import type { Micros, Random } from '@rxlob/core'

export interface BackOffOptions {
  /** Longest first wait. Default 500 ms. */
  readonly baseMicros?: Micros
  /** Longest wait of all. Default 30 s. */
  readonly capMicros?: Micros
}

/**
 * How long to wait before attempt `attempt` (from 0): uniform between 0 and min(cap, base * 2^attempt), so that a thousand clients that
 * were cut off together do not come back together.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ "full jitter"
 */
export function fullJitter(attempt: number, random: Random, { baseMicros = 500_000, capMicros = 30_000_000 }: BackOffOptions = {}): Micros {
  return Math.floor(random() * Math.min(capMicros, baseMicros * 2 ** Math.min(attempt, 40)))
}

/** The plain doubling of waits for something that is not there yet: no crowd to spread. */
export const doubling = (attempt: number, { baseMicros = 250_000, capMicros = 8_000_000 }: BackOffOptions = {}): Micros =>
  attempt === 0 ? 0 : Math.min(capMicros, baseMicros * 2 ** Math.min(attempt - 1, 40))
