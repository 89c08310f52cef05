import { Op, type InstrumentId, type Micros } from '@rxlob/core'

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

  /** When an event happened: no earlier than what came before it on its line. Trades and book changes may come on lines of their own, each in order. */
  happened(clock: FeedClock, op: number, stated: Micros, lastTs: Micros, counts: { timeReversals: number; lateEvents: number }): Micros {
    const isTrade = op === Op.trade
    const floor = op === Op.status ? Math.max(clock.book, clock.trades) : isTrade ? clock.trades : clock.book
    if (stated < floor) counts.timeReversals++
    let time = stated > floor ? stated : floor
    if (time < lastTs) {
      counts.lateEvents++
      time = lastTs
    }
    if (isTrade || op === Op.status) clock.trades = time
    if (!isTrade) clock.book = time
    return time
  }
}
