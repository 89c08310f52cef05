import type { BookTracker } from '../book/book-tracker.js'
import type { Labeler } from '../contracts/labeler.js'

/** A labeler at work on the rows of one instrument. */
export interface LabelRun {
  /** Steps the labeler over the tracker's last event, which made row `row`. */
  step(row: number): void
}

/**
 * Wires a labeler to a tracker: turns "rows ago" into row numbers, and starts again, pending labels void,
 * after a gap, a halt, a session's end or a new instrument.
 */
export function labelRun(labeler: Labeler, tracker: BookTracker, onLabel: (row: number, target: number) => void): LabelRun {
  let state: unknown = labeler.init(tracker.instrument)
  let { windowEpoch } = tracker
  let current = 0
  const emit = (rowsAgo: number, target: number): void => onLabel(current - rowsAgo, target)
  return {
    step(row) {
      if (windowEpoch !== tracker.windowEpoch) {
        windowEpoch = tracker.windowEpoch
        state = labeler.init(tracker.instrument)
      }
      current = row
      labeler.step(state, tracker, emit)
    },
  }
}
