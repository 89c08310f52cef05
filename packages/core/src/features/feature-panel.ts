import type { BookTracker } from '../book/book-tracker.js'
import type { Feature, Sampler } from '../contracts/feature.js'
import { checkDepths } from './check-depths.js'
import { stepsOf } from './steps-of.js'

/** Several features run as one over the ticks of one instrument, with the gap rule applied. */
export interface FeaturePanel {
  /**
   * Steps every feature over the tracker's last event and writes one number per column from `out[at]`.
   * True where the event makes a row.
   */
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
  const standing = steps.filter((entry) => !always.includes(entry))
  /** Until when the numbers of each of these stand, NaN where they do not. */
  const standsUntil = new Float64Array(standing.length).fill(NaN)
  const deepest = standing.reduce((most, { feature }) => Math.max(most, feature.depth), 0)
  /** The earliest of these times: most events come before it and lie deeper than anything is read, and need no look at each. */
  let allStandUntil = NaN
  /** The last numbers; what stands is left as it is. */
  const row = new Float64Array(steps.reduce((width, { feature }) => width + feature.columns.length, 0))
  const width = row.length
  const states: unknown[] = list.map((feature) => feature.init(tracker.instrument))
  let samplerState: unknown = sampler?.init(tracker.instrument)
  let { bookEpoch, tradesEpoch } = tracker

  function restart(): void {
    checkDepths(list, tracker)
    for (const [i, feature] of list.entries()) {
      if (feature.depth === 0 ? tradesEpoch !== tracker.tradesEpoch : bookEpoch !== tracker.bookEpoch) states[i] = feature.init(tracker.instrument)
    }
    if (bookEpoch !== tracker.bookEpoch) samplerState = sampler?.init(tracker.instrument)
    bookEpoch = tracker.bookEpoch
    tradesEpoch = tracker.tradesEpoch
    standsUntil.fill(NaN)
    allStandUntil = NaN
  }

  function stepStanding(untouched: number, untraded: number): void {
    const { tsLocal } = tracker
    let earliest = Infinity
    for (let i = 0; i < standsUntil.length; i++) {
      const { feature, step, place, from, depth, levelsOnly, stands } = standing[i]!
      if (!(tsLocal < standsUntil[i]! && depth <= (levelsOnly ? untouched : untraded))) {
        step.call(feature, states[place], tracker, row, from)
        standsUntil[i] = levelsOnly ? Infinity : stands!.call(feature, states[place])
      }
      earliest = Math.min(earliest, standsUntil[i]!)
    }
    allStandUntil = earliest
  }

  return {
    step(out, at) {
      if (bookEpoch !== tracker.bookEpoch || tradesEpoch !== tracker.tradesEpoch) restart()
      if (!tracker.ticked) return false
      const untouched = tracker.changes.shallowest
      const untraded = tracker.tradePrint === undefined ? untouched : -1
      if (!(untraded >= deepest && tracker.tsLocal < allStandUntil)) stepStanding(untouched, untraded)
      for (let i = 0; i < always.length; i++) {
        const { feature, step, place, from } = always[i]!
        step.call(feature, states[place], tracker, row, from)
      }
      for (let column = 0; column < width; column++) out[at + column] = row[column]!
      return sampler === undefined || sampler.step(samplerState, tracker)
    },
  }
}
