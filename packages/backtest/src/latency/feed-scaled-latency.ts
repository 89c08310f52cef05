import { LobError, numberOption, type LatencyModel, type Micros } from '@rxlob/core'

export interface FeedScaledLatencyOptions {
  /** Delays of the feed as they were observed, in time order. */
  readonly ts: ArrayLike<Micros>
  /** `tsLocal - tsExchange` of each, clocks aligned, 0 or more. */
  readonly feedMicros: ArrayLike<Micros>
  /** Of the feed's delay, 0 to 100. Default 1. */
  readonly entryFactor?: number
  /** Default 1. */
  readonly feedbackFactor?: number
}

/**
 * Order delays from the data: the last delay of the feed known at the time, scaled. Where nobody measured orders, the feed tells
 * at least when the line was slow.
 *
 * @throws {LobError} LOB_BAD_OPTION where columns differ in length or are empty, a delay is negative, or a factor is out of range.
 */
export function feedScaledLatency(options: FeedScaledLatencyOptions): LatencyModel {
  const { ts, feedMicros } = options
  const entryFactor = numberOption('entryFactor', options.entryFactor ?? 1, 0, 100)
  const feedbackFactor = numberOption('feedbackFactor', options.feedbackFactor ?? 1, 0, 100)
  if (ts.length === 0 || feedMicros.length !== ts.length) {
    throw new LobError('LOB_BAD_OPTION', `feedScaledLatency: expected columns of one length, 1 or more, got ${ts.length} and ${feedMicros.length}.`)
  }
  for (let i = 0; i < ts.length; i++) {
    if (!(feedMicros[i]! >= 0) || (i > 0 && !(ts[i]! >= ts[i - 1]!))) {
      throw new LobError('LOB_BAD_OPTION', `feedScaledLatency: expected times in order and delays of 0 or more, got ${feedMicros[i]} at row ${i}; align the clocks first.`)
    }
  }
  const last = (now: Micros): Micros => {
    let low = 0
    let high = ts.length
    while (low < high) {
      const middle = (low + high) >>> 1
      // Known only once it has arrived.
      if (ts[middle]! + feedMicros[middle]! <= now) low = middle + 1
      else high = middle
    }
    return feedMicros[Math.max(0, low - 1)]!
  }
  return { name: 'feed_scaled', entry: (now) => entryFactor * last(now), feedback: (now) => feedbackFactor * last(now) }
}
