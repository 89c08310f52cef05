/** Virtual time of a simulated session: nanoseconds since its start (exact for 104 days). */
export interface SessionClock {
  nanos: number
}

/** What drives a simulated market: it sends orders to an exchange, one action a step. */
export interface MarketProcess {
  /** Fills the empty exchange with the book that the session opens with. */
  open(): void
  /** Moves the clock to the next action and performs it, unless that lies at or after `untilNanos`. Returns whether it did. */
  step(untilNanos: number): boolean
}

/** Nanoseconds to the next event of a Poisson process, at least one. */
export function waitNanos(ratePerSecond: number, uniform: number): number {
  return 1 + Math.floor((-Math.log(1 - uniform) / ratePerSecond) * 1e9)
}
