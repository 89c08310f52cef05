import { LobError, type EventHeader, type InstrumentId, type Micros, type PriceLevel } from '@rxlob/core'
import { atOnce, decimalOf, type InParts, type Normalizer, type SnapshotContents } from '@rxlob/feed'
import type { CoinbaseMessage, LevelSnapshot, Match, RestBook, WireChange, WireLevel } from './messages.js'
import { takerSide, wireSide } from './wire-side.js'
import { wireTime } from './wire-time.js'

/** The instrument of the product that a message names. */
export type InstrumentOf = (product: string) => InstrumentId

/**
 * Coinbase messages to events, levels and trades. Prices and sizes are read as exact decimals; trade ids become `seq`; the time of an
 * event is the venue's, to the nanosecond where it is told, or that of reception.
 */
export function coinbaseNormalizer(instrumentOf: InstrumentOf): Normalizer<CoinbaseMessage> {
  const prepared = new WeakMap<CoinbaseMessage, SnapshotContents>()
  return {
    *prepare(raw) {
      if (raw.type !== 'snapshot' && raw.type !== 'book') return undefined
      const contents = yield* contentsOf(raw)
      prepared.set(raw, contents)
      return contents
    },
    normalize(raw, tsLocal, emit) {
      switch (raw.type) {
        case 'update':
          emit({ kind: 'delta', ...wireHeader(instrumentOf(raw.product), raw.time, tsLocal), ...sidesOf(raw.changes) })
          break
        case 'snapshot':
        case 'book': {
          const { bids, asks } = prepared.get(raw) ?? atOnce(contentsOf(raw))
          emit({ kind: 'snapshot', ...wireHeader(instrumentOf(raw.product), raw.time, tsLocal), bids, asks })
          break
        }
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

/** Levels that are read between rests: some 100 us. */
const partLevels = 256

function* contentsOf(raw: LevelSnapshot | RestBook): InParts<SnapshotContents> {
  const bids: PriceLevel[] = []
  const asks: PriceLevel[] = []
  for (const [side, levels] of [[bids, raw.bids], [asks, raw.asks]] as const) {
    for (let at = 0; at < levels.length; at++) {
      side.push(levelOf(levels[at]!))
      if (at % partLevels === 0) yield
    }
  }
  const changes = raw.type === 'snapshot' ? raw.changes : []
  for (let at = 0; at < changes.length; at += partLevels) {
    const part = sidesOf(changes.slice(at, at + partLevels))
    bids.push(...part.bids)
    asks.push(...part.asks)
    yield
  }
  return { bids: bestFirst(bids, -1), asks: bestFirst(asks, 1) }
}

const levelOf = ([price, size]: WireLevel): PriceLevel => [decimalOf(price), decimalOf(size)]

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
