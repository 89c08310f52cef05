import { LobError, type LatencyModel, type Micros } from '@rxlob/core'

/** Round trips that were measured, in time order. */
export interface MeasuredLatency {
  /** When each was measured, ascending. */
  readonly ts: ArrayLike<Micros>
  /** From us to the venue, 0 or more. */
  readonly entryMicros: ArrayLike<Micros>
  /** From the venue to us, 0 or more. */
  readonly feedbackMicros: ArrayLike<Micros>
}

/**
 * Delays between measured ones, on the straight line between the neighbours; before the first and after the last, theirs.
 *
 * @throws {LobError} LOB_BAD_OPTION where columns differ in length or are empty, times go back or a delay is negative or not finite.
 */
export function interpolatedLatency({ ts, entryMicros, feedbackMicros }: MeasuredLatency): LatencyModel {
  if (ts.length === 0 || entryMicros.length !== ts.length || feedbackMicros.length !== ts.length) {
    throw new LobError('LOB_BAD_OPTION', `interpolatedLatency: expected columns of one length, 1 or more, got ${ts.length}, ${entryMicros.length} and ${feedbackMicros.length}.`)
  }
  for (let i = 0; i < ts.length; i++) {
    if (i > 0 && !(ts[i]! >= ts[i - 1]!)) throw new LobError('LOB_BAD_OPTION', `interpolatedLatency: the time of row ${i} is before that of the row above.`)
    for (const [name, column] of [['entryMicros', entryMicros], ['feedbackMicros', feedbackMicros]] as const) {
      if (!(column[i]! >= 0 && column[i]! < Infinity)) throw new LobError('LOB_BAD_OPTION', `interpolatedLatency: expected ${name} of row ${i} to be 0 or more, got ${column[i]}.`)
    }
  }
  return { name: 'interpolated', entry: (now) => interpolate(ts, entryMicros, now), feedback: (now) => interpolate(ts, feedbackMicros, now) }
}

function interpolate(ts: ArrayLike<Micros>, values: ArrayLike<Micros>, at: Micros): Micros {
  let low = 0
  let high = ts.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ts[middle]! <= at) low = middle + 1
    else high = middle
  }
  if (low === 0) return values[0]!
  if (low === ts.length) return values[low - 1]!
  const share = (at - ts[low - 1]!) / (ts[low]! - ts[low - 1]!)
  return values[low - 1]! + share * (values[low]! - values[low - 1]!)
}
