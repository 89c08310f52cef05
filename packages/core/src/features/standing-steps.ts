import type { BookTracker } from '../book/book-tracker.js'
import type { PanelStep } from './steps-of.js'

/** Steps whose numbers may stand for a while. */
export interface StandingSteps {
  /** Calls those whose numbers do not stand after the tracker's last event. */
  step(): void
  /** None of the numbers stands. */
  restart(): void
}

/** @param states By place. @param row The last numbers: what stands is left as it is. */
export function standingSteps(steps: readonly PanelStep[], tracker: BookTracker, states: readonly unknown[], row: Float64Array): StandingSteps {
  /** For each step, NaN where it does not stand. */
  const until = new Float64Array(steps.length).fill(NaN)
  const deepest = steps.reduce((most, { depth }) => Math.max(most, depth), 0)
  /** The earliest of these times: most events come before it and lie deeper than anything is read, and need no look at each. */
  let allUntil = NaN

  function stepEach(untouched: number, untraded: number): void {
    const { tsLocal } = tracker
    let earliest = Infinity
    for (let i = 0; i < until.length; i++) {
      const { feature, step, place, from, depth, levelsOnly, stands } = steps[i]!
      if (!(tsLocal < until[i]! && depth <= (levelsOnly ? untouched : untraded))) {
        step.call(feature, states[place], tracker, row, from)
        until[i] = levelsOnly ? Infinity : stands!.call(feature, states[place])
      }
      earliest = Math.min(earliest, until[i]!)
    }
    allUntil = earliest
  }

  return {
    step() {
      const untouched = tracker.changes.shallowest
      const untraded = tracker.tradePrint === undefined ? untouched : -1
      if (!(untraded >= deepest && tracker.tsLocal < allUntil)) stepEach(untouched, untraded)
    },
    restart() {
      until.fill(NaN)
      allUntil = NaN
    },
  }
}
