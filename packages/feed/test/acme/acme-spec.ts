import { LobError, type Instrument, type InstrumentId, type MarketEvent, type PriceLevel } from '@rxlob/core'
import type { LiveSourceSpec, Sequencer, Stream, VenueLimits } from '../../src/index.js'

export interface AcmeMessage {
  readonly k: 'book' | 'trade' | 'quote' | 'snapshot' | 'ok' | 'refused' | 'shutdown' | 'auth' | 'market'
  readonly s: string
  readonly t: number
  readonly U: number
  readonly u: number
  readonly id: number
  readonly b: readonly [number, number][] | number
  readonly a: readonly [number, number][] | number
  readonly B: number
  readonly A: number
  readonly p: number
  readonly q: number
  readonly status?: 'halted' | 'resumed'
  readonly streams?: readonly string[]
}

export const acmeInstrument = (symbol: string): Instrument => ({
  id: `acme:${symbol}`, venue: 'acme', symbol, kind: 'spot', base: symbol, quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 0.01, lotSize: 1, multiplier: 1,
})

const levels = (side: AcmeMessage['b']): PriceLevel[] => (side as readonly [number, number][]).map(([ticks, size]) => [ticks / 100, size])

function sequencer(): Sequencer<AcmeMessage> {
  let last = NaN
  return {
    check({ U, u }) {
      if (u <= last) return 'drop'
      if (!(U <= last + 1)) return 'resync'
      last = u
      return 'apply'
    },
    missing: ({ U }) => ({ fromSeq: last + 1, toSeq: U - 1 }),
    reset(seq) {
      last = seq
    },
    continues: ({ U, u }) => u >= last && U <= last + 1,
  }
}

function tradeSequencer(): Sequencer<AcmeMessage> {
  let last = NaN
  return {
    check({ id }) {
      if (id <= last) return 'drop'
      if (id > last + 1) return 'resync'
      last = id
      return 'apply'
    },
    missing: ({ id }) => ({ fromSeq: last + 1, toSeq: id - 1 }),
    reset(seq) {
      last = seq
    },
    continues: ({ id }) => id <= last + 1,
  }
}

export interface AcmeSpecOptions {
  readonly trades?: boolean
  readonly quotes?: boolean
  readonly limits?: VenueLimits
  /** Symbols that the venue is told of but does not know. */
  readonly unknown?: readonly string[]
  /** Subscribe by messages instead of the URL, this many streams in each. */
  readonly requestsOf?: number
}

export function acmeSpec(symbols: readonly string[], { trades = false, quotes = false, limits = {}, unknown = [], requestsOf }: AcmeSpecOptions = {}): LiveSourceSpec<AcmeMessage> {
  const streams = [...symbols, ...unknown].flatMap((symbol): Stream[] => [
    { name: `${symbol}@book`, symbol, channel: 'book' },
    ...(trades ? [{ name: `${symbol}@trade`, symbol, channel: 'trades' as const }] : []),
    ...(quotes ? [{ name: `${symbol}@quote`, symbol, channel: 'quotes' as const }] : []),
  ])
  return {
    name: 'acme',
    symbols: [...symbols, ...unknown],
    supports: { timing: 'live', book: 'l2', levels: 1000, trades, detects: { gaps: true, staleness: true, lostTrades: true } },
    streams,
    url: (list) => `wss://ws.acme.example/?streams=${requestsOf === undefined ? list.map(({ name }) => name).join(',') : ''}`,
    ...(requestsOf !== undefined && {
      subscribe: (_: readonly string[], list: readonly Stream[]) =>
        Array.from({ length: Math.ceil(list.length / requestsOf) }, (__, at) => ({ id: at + 1, add: list.slice(at * requestsOf, (at + 1) * requestsOf).map(({ name }) => name) })),
    }),
    instruments: async (wanted) => wanted.map(acmeInstrument),
    control(raw) {
      if (raw.k === 'ok') return { kind: 'subscribed', id: raw.id }
      if (raw.k === 'refused') return { kind: 'refused', reason: 'no such stream', ...(raw.streams && { streams: raw.streams }) }
      if (raw.k === 'shutdown') return { kind: 'shutdown' }
      if (raw.k === 'auth') return { kind: 'auth', reason: 'bad key' }
      if (raw.k === 'market') return { kind: 'market', instrument: `acme:${raw.s}`, status: raw.status! }
      return undefined
    },
    address: ({ k, s }) => ({ instrument: `acme:${s}` as InstrumentId, channel: k === 'trade' ? 'trades' : k === 'quote' ? 'quotes' : 'book', stream: `${s}@${k}` }),
    quote: ({ u, b, B, a, A }) => ({ seq: u, bid: (b as number) / 100, bidSize: B, ask: (a as number) / 100, askSize: A }),
    normalizer: () => ({
      normalize(raw, tsLocal, emit) {
        const header = { instrument: `acme:${raw.s}` as InstrumentId, tsExchange: raw.t ?? tsLocal, tsLocal }
        let event: MarketEvent
        if (raw.k === 'snapshot') event = { kind: 'snapshot', ...header, seq: raw.id, bids: levels(raw.b), asks: levels(raw.a) }
        else if (raw.k === 'book') event = { kind: 'delta', ...header, seq: raw.u, bids: levels(raw.b), asks: levels(raw.a) }
        else if (raw.k === 'trade') event = { kind: 'trade', ...header, seq: raw.id, price: raw.p / 100, size: raw.q, aggressor: 'buy', print: 'regular', id: String(raw.id) }
        else throw new LobError('LOB_BAD_MESSAGE', `Expected a known kind, got ${String(raw.k)}.`)
        emit(event)
      },
    }),
    sequencer: (_, channel) => (channel === 'book' ? sequencer() : tradeSequencer()),
    snapshot: {
      url: (symbol) => `https://rest.acme.example/book?symbol=${symbol}`,
      decode: (body) => JSON.parse(new TextDecoder().decode(body)) as AcmeMessage,
      weight: 10,
    },
    limits: { weightPerMinute: 2400, ...limits },
  }
}
