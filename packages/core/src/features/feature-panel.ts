import type { BookTracker } from '../book/book-tracker.js'
import type { Feature, Sampler } from '../contracts/feature.js'
import type { Micros } from '../units.js'
import { checkDepths } from './check-depths.js'

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
  const count = list.length
  const offsets: number[] = []
  let width = 0
  for (const { columns } of list) {
    offsets.push(width)
    width += columns.length
  }
  offsets.push(width)
  const states: unknown[] = list.map((feature) => feature.init(tracker.instrument))
  /** Where an event touches no level above this depth (and, of features that heed trades, does not trade), a feature's last numbers stand until their time. */
  const standsFrom = Float64Array.from(list, ({ depth }) => depth)
  const heedsTrades = Uint8Array.from(list, ({ levelsOnly }) => (levelsOnly === true ? 0 : 1))
  /** NaN where they do not. */
  const standsUntil = new Float64Array(count).fill(NaN)
  /** The last row, as far as it may be repeated. */
  const last = new Float64Array(width)
  let samplerState: unknown = sampler?.init(tracker.instrument)
  let { bookEpoch, tradesEpoch } = tracker

  function restart(): void {
    checkDepths(list, tracker)
    for (let i = 0; i < count; i++) {
      const feature = list[i]!
      if (feature.depth === 0 ? tradesEpoch !== tracker.tradesEpoch : bookEpoch !== tracker.bookEpoch) states[i] = feature.init(tracker.instrument)
    }
    if (bookEpoch !== tracker.bookEpoch) samplerState = sampler?.init(tracker.instrument)
    bookEpoch = tracker.bookEpoch
    tradesEpoch = tracker.tradesEpoch
    standsUntil.fill(NaN)
  }

  return {
    step(out, at) {
      if (bookEpoch !== tracker.bookEpoch || tradesEpoch !== tracker.tradesEpoch) restart()
      if (!tracker.ticked) return false
      const { tsLocal } = tracker
      const { shallowest } = tracker.changes
      const untraded = tracker.tradePrint === undefined ? shallowest : -1
      for (let column = 0; column < width; column++) out[at + column] = last[column]!
      for (let i = 0; i < count; i++) {
        if (tsLocal < standsUntil[i]! && standsFrom[i]! <= (heedsTrades[i] === 0 ? shallowest : untraded)) continue
        const from = offsets[i]!
        list[i]!.step(states[i], tracker, out, at + from)
        const until = standsUntilOf(list[i]!, states[i])
        standsUntil[i] = until
        if (Number.isNaN(until)) continue
        for (let column = from, to = offsets[i + 1]!; column < to; column++) last[column] = out[at + column]!
      }
      return sampler === undefined || sampler.step(samplerState, tracker)
    },
  }
}

const standsUntilOf = (feature: Feature, state: unknown): Micros => (feature.levelsOnly === true ? Infinity : feature.standsUntil === undefined ? NaN : feature.standsUntil(state))
