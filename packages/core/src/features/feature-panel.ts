import type { BookTracker } from '../book/book-tracker.js'
import type { Feature, Sampler } from '../contracts/feature.js'
import { checkDepths } from './check-depths.js'
import { standingSteps } from './standing-steps.js'
import { stepsOf } from './steps-of.js'

/** Several features run as one over the ticks of one instrument, with the gap rule applied. */
export interface FeaturePanel {
  /** The numbers of the last step, one per column: written anew by the next. */
  readonly row: Float64Array
  /** Steps every feature over the tracker's last event. True where the event makes a row. */
  advance(): boolean
  /** The same, and writes the numbers from `out[at]`. */
  step(out: Float64Array, at: number): boolean
}

/**
 * Wires features to the tracker of one instrument: checks depths, starts states again after a gap of their channel,
 * asks the sampler which ticks become rows. The sampler follows the book's channel.
 *
 * @throws {LobError} LOB_DEPTH_TOO_SHALLOW, from `step` too, where the source shows (from then on) fewer levels than a feature reads.
 */
export function featurePanel(list: readonly Feature[], tracker: BookTracker, sampler?: Sampler): FeaturePanel {
  checkDepths(list, tracker)
  const steps = stepsOf(list)
  const always = steps.filter(({ levelsOnly, stands }) => !levelsOnly && stands === undefined)
  const row = new Float64Array(steps.reduce((columns, { feature }) => columns + feature.columns.length, 0))
  const states: unknown[] = steps.map(({ feature }) => feature.init(tracker.instrument))
  const standing = standingSteps(steps.filter((entry) => !always.includes(entry)), tracker, states, row)
  let samplerState: unknown = sampler?.init(tracker.instrument)
  let { bookEpoch, tradesEpoch } = tracker

  function restart(): void {
    checkDepths(list, tracker)
    for (const { feature, place } of steps) {
      if (feature.depth === 0 ? tradesEpoch !== tracker.tradesEpoch : bookEpoch !== tracker.bookEpoch) states[place] = feature.init(tracker.instrument)
    }
    if (bookEpoch !== tracker.bookEpoch) samplerState = sampler?.init(tracker.instrument)
    bookEpoch = tracker.bookEpoch
    tradesEpoch = tracker.tradesEpoch
    standing.restart()
  }

  function advance(): boolean {
    if (bookEpoch !== tracker.bookEpoch || tradesEpoch !== tracker.tradesEpoch) restart()
    if (!tracker.ticked) return false
    standing.step()
    for (let i = 0; i < always.length; i++) {
      const { feature, step, place, from } = always[i]!
      step.call(feature, states[place], tracker, row, from)
    }
    return sampler === undefined || sampler.step(samplerState, tracker)
  }

  return {
    row,
    advance,
    step(out, at) {
      const made = advance()
      if (tracker.ticked) for (let column = 0; column < row.length; column++) out[at + column] = row[column]!
      return made
    },
  }
}
