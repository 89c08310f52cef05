import type { Clock, Micros } from '@rxlob/core'

/** How much happened in any window of a length: now, and at its worst. */
export interface SlidingWindow {
  /** Counts this, and tells the sum within the window that ends now. */
  add(amount: number): number
  readonly now: number
  readonly worst: number
}

export function slidingWindow(clock: Clock, micros: Micros): SlidingWindow {
  let entries: { readonly at: Micros; readonly amount: number }[] = []
  let first = 0
  let sum = 0
  let worst = 0

  function expire(): void {
    const oldest = clock.now() - micros
    while (first < entries.length && entries[first]!.at <= oldest) sum -= entries[first++]!.amount
    if (first > 1000) {
      entries = entries.slice(first)
      first = 0
    }
  }
  return {
    add(amount) {
      expire()
      entries.push({ at: clock.now(), amount })
      sum += amount
      worst = Math.max(worst, sum)
      return sum
    },
    get now() {
      expire()
      return sum
    },
    get worst() {
      return worst
    },
  }
}
