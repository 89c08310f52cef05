import type { BookTracker } from '../book/book-tracker.js'
import type { Feature, Sampler } from '../contracts/feature.js'
import { LobError } from '../errors.js'

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
  /** Where an event touches no level above this depth, a feature's last numbers stand; NaN where they never do. */
  const standsFrom = Float64Array.from(list, ({ depth, levelsOnly }) => (levelsOnly === true ? depth : NaN))
  /** The last row, as far as it may be repeated. */
  const last = new Float64Array(width)
  let hasLast = false
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
    hasLast = false
  }

  return {
    step(out, at) {
      if (bookEpoch !== tracker.bookEpoch || tradesEpoch !== tracker.tradesEpoch) restart()
      if (!tracker.ticked) return false
      const shallowest = hasLast ? tracker.changes.shallowest : -1
      for (let i = 0; i < count; i++) {
        const from = offsets[i]!
        const to = offsets[i + 1]!
        if (standsFrom[i]! <= shallowest) {
          for (let column = from; column < to; column++) out[at + column] = last[column]!
          continue
        }
        list[i]!.step(states[i], tracker, out, at + from)
        if (standsFrom[i]! > 0) for (let column = from; column < to; column++) last[column] = out[at + column]!
      }
      hasLast = true
      return sampler === undefined || sampler.step(samplerState, tracker)
    },
  }
}

function checkDepths(list: readonly Feature[], { instrument: { id }, levels }: BookTracker): void {
  for (const { name, depth } of list) {
    if (depth > levels) {
      throw new LobError('LOB_DEPTH_TOO_SHALLOW', `${name} reads ${depth} levels a side but ${id} shows ${levels}: ask the source for more levels or the feature for fewer.`, { stream: id })
    }
  }
}
