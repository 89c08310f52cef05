import type { Tick } from '../book/tick.js'
import { ring, type Ring } from '../numeric/ring.js'
import type { Ticks } from '../units.js'
import type { CheckedHorizon } from './label-horizon.js'

/** Rows whose horizon is not over, with a bid and an ask each: plain data. */
export interface PendingQuotes {
  row: number
  readonly bids: Ring
  readonly asks: Ring
  /** Of the row before. */
  bid: Ticks
  ask: Ticks
}

/**
 * Pairs each row with the quote a horizon later: the row so many rows on, or the last one at or before so much time later, which the first row after it
 * shows. A row without both prices gives NaN.
 */
export const pendingQuotes = {
  init: (): PendingQuotes => ({ row: 0, bids: ring.init(), asks: ring.init(), bid: NaN, ask: NaN }),

  step(
    state: PendingQuotes,
    { tsLocal, book }: Tick,
    { byTime, length }: CheckedHorizon,
    settle: (rowsAgo: number, bid: Ticks, ask: Ticks, laterBid: Ticks, laterAsk: Ticks) => void,
  ): void {
    const { bids, asks } = state
    const known = book.synced && !book.crossed
    const bid = known ? book.bidTicks(0) : NaN
    const ask = known ? book.askTicks(0) : NaN
    const now = byTime ? tsLocal : state.row
    for (; bids.length > 0 && (byTime ? ring.firstKey(bids) + length < now : ring.firstKey(bids) + length <= now); ring.shift(bids), ring.shift(asks)) {
      settle(bids.length, ring.firstValue(bids), ring.firstValue(asks), byTime ? state.bid : bid, byTime ? state.ask : ask)
    }
    ring.push(bids, now, bid)
    ring.push(asks, now, ask)
    state.row++
    state.bid = bid
    state.ask = ask
  },
} as const
