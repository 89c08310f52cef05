import type { Micros, Random } from '@rxlob/core'

const shortCapMicros = 4_000_000
const longCapMicros = 30_000_000

export interface BackOffOptions {
  /** Longest first wait. Default 500 ms. */
  readonly baseMicros?: Micros
  /** Longest wait of all. Default 4 s: a venue that is well again is found within 5 s. */
  readonly capMicros?: Micros
}

/**
 * How long to wait before attempt `attempt` (from 0): uniform between 0 and min(cap, base * 2^attempt), so that a thousand clients that
 * were cut off together do not come back together.
 *
 * @see https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ "full jitter"
 */
export function fullJitter(attempt: number, random: Random, { baseMicros = 500_000, capMicros = shortCapMicros }: BackOffOptions = {}): Micros {
  return Math.floor(random() * Math.min(capMicros, baseMicros * 2 ** Math.min(attempt, 40)))
}

/**
 * The shortest cap of full jitter with which `parties` that fail all the time together spend no more than their budget earns: the mean wait
 * is half the cap. From 4 s to 30 s; what is left is the budget's to hold back.
 */
export const politeCap = (parties: number, paceMicros: Micros): Micros => Math.min(longCapMicros, Math.max(shortCapMicros, 2 * parties * paceMicros))

/** The plain doubling of waits for something that is not there yet: no crowd to spread. */
export const doubling = (attempt: number, { baseMicros = 250_000, capMicros = 8_000_000 }: BackOffOptions = {}): Micros =>
  attempt === 0 ? 0 : Math.min(capMicros, baseMicros * 2 ** Math.min(attempt - 1, 40))
