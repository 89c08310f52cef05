import { LobError, type EventHeader, type InstrumentId, type Micros, type PriceLevel } from '@rxlob/core'
import { decimalOf, type Normalizer } from '@rxlob/feed'
import { decimalsOf, type BinanceMessage } from './messages.js'

export interface BinanceNormalizerOptions {
  /** Prefix of instrument ids: `binance`, `binance-usdm`, ... */
  readonly venue: string
  /** Unit of the venue's times, as asked for when connecting; never guessed from their size. */
  readonly timeUnit: 'ms' | 'us'
}

/**
 * Binance messages to events. Prices and sizes are read as exact decimals; ids become `seq`; the time of an event is the matching
 * engine's where it is told (`T`), else the sender's (`E`), else that of reception.
 */
export function binanceNormalizer({ venue, timeUnit }: BinanceNormalizerOptions): Normalizer<BinanceMessage> {
  const micros = timeReader(timeUnit)

  return {
    normalize(raw, tsLocal, emit) {
      switch (raw.type) {
        case 'depth':
          emit({ kind: 'delta', ...header(raw.symbol, micros(raw.T ?? raw.E), tsLocal, raw.u), bids: decimalsOf(raw.b), asks: decimalsOf(raw.a) })
          break
        case 'snapshot':
          emit({ kind: 'snapshot', ...header(raw.symbol, raw.T === undefined ? tsLocal : snapshotMicros(raw.T), tsLocal, raw.lastUpdateId), bids: raw.b, asks: raw.a })
          break
        case 'partial': {
          const time = raw.T ?? raw.E
          emit({ kind: 'snapshot', ...header(raw.symbol, time === undefined ? tsLocal : micros(time), tsLocal, raw.u), bids: decimalsOf(raw.b), asks: decimalsOf(raw.a) })
          break
        }
        case 'ticker': {
          const time = raw.T ?? raw.E
          emit({ kind: 'snapshot', ...header(raw.symbol, time === undefined ? tsLocal : micros(time), tsLocal, raw.u), bids: best(raw.b, raw.B), asks: best(raw.a, raw.A) })
          break
        }
        case 'trade':
          emit({
            kind: 'trade',
            ...header(raw.symbol, micros(raw.T), tsLocal, raw.id),
            price: decimalOf(raw.p),
            size: decimalOf(raw.q),
            aggressor: raw.m ? 'sell' : 'buy',
            print: raw.X === undefined || raw.X === 'MARKET' ? 'regular' : 'off-book',
            id: String(raw.id),
          })
          break
        default:
      }
    },
  }

  function header(symbol: string, tsExchange: Micros, tsLocal: Micros, seq: number): EventHeader {
    return { instrument: `${venue}:${symbol}` as InstrumentId, tsExchange, tsLocal, seq }
  }
}

/** REST answers are in milliseconds, whatever the streams were asked for. */
const snapshotMicros = timeReader('ms')

/** Epoch times of one unit; a time of another magnitude is a message that cannot be true. */
function timeReader(unit: 'ms' | 'us'): (time: number) => Micros {
  const [least, most, factor] = unit === 'ms' ? [1e12, 1e13, 1000] : [1e15, 1e16, 1]
  return (time) => {
    if (time >= least && time < most) return time * factor
    throw new LobError('LOB_BAD_MESSAGE', `Expected a time in ${unit} since 1970, got ${time}.`)
  }
}

const best = (price: string, size: string): PriceLevel[] => (decimalOf(size) === 0 ? [] : [[decimalOf(price), decimalOf(size)]])
