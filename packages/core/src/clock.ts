import type { Micros } from './units.js'

/** Time as something passed in: real, virtual or recorded. */
export interface Clock {
  now(): Micros
  /** Runs once after a delay; the returned function cancels. */
  after(micros: Micros, run: () => void): () => void
}
