import type { Sequencer } from '@rxlob/feed'
import type { CoinbaseMessage } from './messages.js'

/**
 * `full`: every message of a product has the number after the last. A heartbeat tells how far they have come: what it promised and has not
 * come by the next one, a second later, is lost.
 *
 * @see https://docs.cdp.coinbase.com/exchange/websocket-feed/overview "Sequence numbers"
 */
export function orderSequencer(): Sequencer<CoinbaseMessage> {
  let last = NaN
  let promised = NaN
  return {
    get last() {
      return last
    },
    check(raw) {
      if (!('sequence' in raw) || raw.sequence === undefined) return 'drop'
      if (raw.type === 'heartbeat') {
        if (promised > last) return 'resync'
        promised = raw.sequence
        return 'drop'
      }
      if (raw.sequence <= last) return 'drop'
      if (raw.sequence !== last + 1) return 'resync'
      last = raw.sequence
      return 'apply'
    },
    missing: (raw) => ({ ...(!Number.isNaN(last) && { fromSeq: last + 1 }), toSeq: raw.type === 'heartbeat' ? promised : numberOf(raw) - 1 }),
    reset(snapshotSeq) {
      last = snapshotSeq
      promised = NaN
    },
    continues: (raw) => raw.type !== 'heartbeat' && numberOf(raw) >= last && numberOf(raw) <= last + 1,
    behind: (raw) => last - numberOf(raw),
  }
}

const numberOf = (raw: CoinbaseMessage): number => ('sequence' in raw ? (raw.sequence ?? NaN) : NaN)

/**
 * Trades: ids rise by 1. The first recap (`last_match`, a trades snapshot) only says where they stand; later ones bring what was missed.
 * A heartbeat tells the newest id: what it promised and has not come by the next one is lost.
 */
export function tradeSequencer(): Sequencer<CoinbaseMessage> {
  let last = NaN
  let promised = NaN
  /** Recaps say where the trades stand until the first trade comes. */
  let started = false
  return {
    check(raw) {
      if (raw.type === 'heartbeat') {
        if (promised > last) return 'resync'
        promised = raw.lastTradeId
        return 'drop'
      }
      if (raw.type !== 'match' || raw.tradeId <= last) return 'drop'
      if (!started && raw.recap) {
        last = raw.tradeId
        return 'drop'
      }
      if (raw.tradeId > last + 1) return 'resync'
      last = raw.tradeId
      started = true
      return 'apply'
    },
    missing: (raw) => ({ fromSeq: last + 1, toSeq: raw.type === 'match' ? raw.tradeId - 1 : promised }),
    reset(seq) {
      last = seq
      started = true
    },
    continues: (raw) => (raw.type === 'match' ? !(raw.tradeId > last + 1) : raw.type === 'heartbeat' && !(raw.lastTradeId > last)),
  }
}

/**
 * Advanced Trade: every frame of a connection, of whatever channel, has the number after the last. The first number is taken as it is.
 *
 * @see https://docs.cdp.coinbase.com/advanced-trade/docs/ws-overview "Sequence numbers"
 */
export function envelopeSequencer(): Sequencer<CoinbaseMessage> {
  let last = NaN
  return {
    check(raw) {
      // Errors carry no number.
      if (raw.type !== 'envelope' || raw.sequence === undefined) return 'apply'
      if (raw.sequence <= last) return 'drop'
      if (raw.sequence > last + 1) return 'resync'
      last = raw.sequence
      return 'apply'
    },
    missing: (raw) => ({ fromSeq: last + 1, toSeq: raw.type === 'envelope' ? raw.sequence! - 1 : last }),
    reset(seq) {
      last = seq
    },
  }
}
