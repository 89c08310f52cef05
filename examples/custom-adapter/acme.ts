import { LobError, type Instrument, type PriceLevel } from '@rxlob/core'
import { decimalOf, defineLiveSource, type LiveSource, type Sequencer } from '@rxlob/feed'

/** What the venue says: the whole book first, then its changes and trades. Numbers rise by one over the connection. */
export interface AcmeMessage {
  readonly type: 'book' | 'change' | 'trade'
  readonly number: number
  /** Milliseconds since 1970. */
  readonly time: number
  readonly bids: readonly (readonly [price: string, size: string])[]
  readonly asks: readonly (readonly [price: string, size: string])[]
  readonly price: string
  readonly size: string
  readonly taker: 'buy' | 'sell'
}

const demo: Instrument = {
  id: 'acme:DEMO', venue: 'acme', symbol: 'DEMO', kind: 'spot', base: 'DEMO', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 0.01, lotSize: 0.1, multiplier: 1,
}
const levels = (side: AcmeMessage['bids']): PriceLevel[] => side.map(([price, size]) => [decimalOf(price), decimalOf(size)])

/** The venue as a source. Sockets, reconnects, watchdogs and the books' state are `defineLiveSource`'s affair. */
export const acme = (url: string): LiveSource<AcmeMessage> =>
  defineLiveSource<AcmeMessage>({
    name: 'acme',
    symbols: ['DEMO'],
    supports: { timing: 'live', book: 'l2', levels: Infinity, trades: true, detects: { gaps: true, staleness: true, lostTrades: true } },
    url,
    instruments: async () => [demo],
    connectionSequencer,
    normalizer: () => ({
      normalize(raw, tsLocal, emit) {
        const header = { instrument: demo.id, tsExchange: raw.time * 1000, tsLocal }
        if (raw.type === 'book') emit({ kind: 'snapshot', ...header, bids: levels(raw.bids), asks: levels(raw.asks) })
        else if (raw.type === 'change') emit({ kind: 'delta', ...header, bids: levels(raw.bids), asks: levels(raw.asks) })
        else if (raw.type === 'trade') emit({ kind: 'trade', ...header, price: decimalOf(raw.price), size: decimalOf(raw.size), aggressor: raw.taker, print: 'regular' })
        else throw new LobError('LOB_BAD_MESSAGE', `Expected a book, change or trade, got ${String(raw.type)}.`)
      },
    }),
  })

function connectionSequencer(): Sequencer<AcmeMessage> {
  let last = -1
  return {
    check({ number }) {
      if (number <= last) return 'drop'
      if (number !== last + 1) return 'resync'
      last = number
      return 'apply'
    },
    missing: ({ number }) => ({ fromSeq: last + 1, toSeq: number - 1 }),
    reset: (number) => void (last = number),
  }
}
