import type { InstrumentId, Micros } from '@rxlob/core'

/** Latest times of one instrument's feed, by what they are times of. */
export interface FeedClock {
  book: Micros
  trades: Micros
  /** When it reached us. */
  local: Micros
  /** The same by the recorder's own clock. */
  raw: Micros
}

export class FeedClocks {
  private readonly clocks = new Map<InstrumentId, FeedClock>()

  of(id: InstrumentId): FeedClock {
    let clock = this.clocks.get(id)
    if (clock === undefined) {
      clock = { book: -Infinity, trades: -Infinity, local: -Infinity, raw: -Infinity }
      this.clocks.set(id, clock)
    }
    return clock
  }
}
