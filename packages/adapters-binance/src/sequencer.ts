import type { Sequencer } from '@rxlob/feed'
import type { BinanceMessage } from './messages.js'

/** The numbers of a depth message: of a parsed one, or of one that was scanned. */
export interface DepthNumbers {
  readonly U: number
  readonly u: number
  readonly pu: number | undefined
}

const numbersOf = (raw: BinanceMessage): DepthNumbers => raw as BinanceMessage & DepthNumbers

/**
 * Spot: a message continues the book at B where `U <= B + 1 <= u`; `u <= B` is old; `U > B + 1` leaves a hole.
 * The first message after a snapshot may be contiguous (U = lastUpdateId + 1) or contain it: one rule for both.
 *
 * @see https://github.com/binance/binance-spot-api-docs/blob/master/web-socket-streams.md "How to manage a local order book correctly", steps 3 to 7
 */
export function spotSequencer(): Sequencer<BinanceMessage> {
  let last = NaN
  return {
    check(raw) {
      const { U, u } = numbersOf(raw)
      if (u <= last) return 'drop'
      if (!(U <= last + 1)) return 'resync'
      last = u
      return 'apply'
    },
    missing: (raw) => (Number.isNaN(last) ? { toSeq: numbersOf(raw).U - 1 } : { fromSeq: last + 1, toSeq: numbersOf(raw).U - 1 }),
    reset(snapshotSeq) {
      last = snapshotSeq
    },
    continues(raw) {
      const { U, u } = numbersOf(raw)
      return u >= last && U <= last + 1
    },
    behind: (raw) => last - numbersOf(raw).u,
  }
}

/**
 * Futures: ids skip, so only `pu`, the `u` of the message before, says what a message continues. The first message after a snapshot L
 * must end at or after it (`u >= L`) and begin at or before it: `U <= L`, or `pu <= L`, between which no message lies.
 *
 * @see https://developers.binance.com/docs/derivatives/usds-margined-futures/websocket-market-streams/How-to-manage-a-local-order-book-correctly
 */
export function futuresSequencer(): Sequencer<BinanceMessage> {
  let last = NaN
  let first = true
  return {
    check(raw) {
      const { U, u, pu = NaN } = numbersOf(raw)
      if (u < last || (u === last && !first)) return 'drop'
      if (!(first ? U <= last || pu <= last : pu === last)) return 'resync'
      first = false
      last = u
      return 'apply'
    },
    missing(raw) {
      const { pu } = numbersOf(raw)
      return { ...(!Number.isNaN(last) && { fromSeq: last + 1 }), ...(pu !== undefined && { toSeq: pu }) }
    },
    reset(snapshotSeq) {
      last = snapshotSeq
      first = true
    },
    continues(raw) {
      const { u, pu = NaN } = numbersOf(raw)
      const joins = u >= last && pu <= last
      // A second connection may bundle changes otherwise: its first message overlaps what was applied.
      if (joins && u > last) first = true
      return joins
    },
    behind: (raw) => last - numbersOf(raw).u,
  }
}

/** Trades and aggregate trades: ids rise by 1. A hole means lost trades; an id seen before is a repetition. */
export function tradeSequencer(): Sequencer<BinanceMessage> {
  let last = NaN
  const idOf = (raw: BinanceMessage): number => (raw.type === 'trade' ? raw.id : NaN)
  return {
    check(raw) {
      const id = idOf(raw)
      if (id <= last) return 'drop'
      if (id > last + 1) return 'resync'
      last = id
      return 'apply'
    },
    missing: (raw) => ({ fromSeq: last + 1, toSeq: idOf(raw) - 1 }),
    reset(seq) {
      last = seq
    },
    continues: (raw) => idOf(raw) <= last + 1 || Number.isNaN(last),
  }
}

/** Whole views of the best levels: each replaces the last, and only an older one is passed over. */
export function partialSequencer(): Sequencer<BinanceMessage> {
  let last = NaN
  return {
    check(raw) {
      if (raw.type !== 'partial' && raw.type !== 'ticker') return 'resync'
      if (raw.u < last) return 'drop'
      last = raw.u
      return 'apply'
    },
    reset(seq) {
      last = seq
    },
    continues: () => true,
  }
}
