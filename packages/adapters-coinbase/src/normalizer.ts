import { LobError, type EventHeader, type InstrumentId, type Micros, type PriceLevel } from '@rxlob/core'
import { decimalOf, type Normalizer } from '@rxlob/feed'
import type { CoinbaseMessage, Match, WireChange, WireLevel } from './messages.js'
import { takerSide, wireSide } from './wire-side.js'
import { wireTime } from './wire-time.js'

/** The instrument of the product that a message names. */
export type InstrumentOf = (product: string) => InstrumentId

/**
 * Coinbase messages to events, levels and trades. Prices and sizes are read as exact decimals; trade ids become `seq`; the time of an
 * event is the venue's, to the nanosecond where it is told, or that of reception.
 */
export function coinbaseNormalizer(instrumentOf: InstrumentOf): Normalizer<CoinbaseMessage> {
  return {
    normalize(raw, tsLocal, emit) {
      switch (raw.type) {
        case 'update':
          emit({ kind: 'delta', ...wireHeader(instrumentOf(raw.product), raw.time, tsLocal), ...sidesOf(raw.changes) })
          break
        case 'snapshot': {
          const { bids, asks } = sidesOf(raw.changes)
          emit({
            kind: 'snapshot', ...wireHeader(instrumentOf(raw.product), raw.time, tsLocal),
            bids: bestFirst([...levels(raw.bids), ...bids], -1), asks: bestFirst([...levels(raw.asks), ...asks], 1),
          })
          break
        }
        case 'book':
          emit({ kind: 'snapshot', ...wireHeader(instrumentOf(raw.product), raw.time, tsLocal), bids: bestFirst(levels(raw.bids), -1), asks: bestFirst(levels(raw.asks), 1) })
          break
        case 'match':
          emit(tradeOf(raw))
          break
        case 'odd':
          throw raw.error
        default:
      }

      function tradeOf({ product, tradeId, side, price, size, time }: Match) {
        const header = wireHeader(instrumentOf(product), time, tsLocal, tradeId)
        if (decimalOf(size) === 0) throw new LobError('LOB_BAD_MESSAGE', `Expected a trade of a size above 0, got ${size}.`, { seq: tradeId })
        return { kind: 'trade', ...header, price: decimalOf(price), size: decimalOf(size), aggressor: takerSide(side), print: 'regular', id: String(tradeId) } as const
      }
    },
  }
}

/** Header of an event; the venue's own words for "no time" leave that of reception. */
export function wireHeader(instrument: InstrumentId, time: string | undefined, tsLocal: Micros, seq?: number): EventHeader {
  const told = time === undefined ? undefined : wireTime(time)
  return { instrument, tsExchange: told?.micros ?? tsLocal, tsLocal, ...(told !== undefined && told.nanos > 0 && { nanos: told.nanos }), ...(seq !== undefined && { seq }) }
}

const levels = (side: readonly WireLevel[]): PriceLevel[] => side.map(([price, size]) => [decimalOf(price), decimalOf(size)])

function sidesOf(changes: readonly WireChange[]): { readonly bids: readonly PriceLevel[]; readonly asks: readonly PriceLevel[] } {
  const sides: { bid: PriceLevel[]; ask: PriceLevel[] } = { bid: [], ask: [] }
  for (const [side, price, size] of changes) sides[wireSide(side)].push([decimalOf(price), decimalOf(size)])
  return { bids: sides.bid, asks: sides.ask }
}

/** Snapshots come sorted; a book does not depend on it. */
function bestFirst(side: PriceLevel[], step: 1 | -1): readonly PriceLevel[] {
  const filled = side.filter(([, size]) => size > 0)
  const sorted = filled.every(([price], rank) => rank === 0 || (price - filled[rank - 1]![0]) * step > 0)
  return sorted ? filled : filled.sort(([a], [b]) => (a - b) * step)
}
