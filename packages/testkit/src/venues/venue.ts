import { LobError, seededRandom, type Clock } from '@rxlob/core'
import { binanceVenue } from './binance-venue.js'
import { coinbaseAdvancedVenue } from './coinbase-advanced-venue.js'
import { coinbaseExchangeVenue } from './coinbase-exchange-venue.js'
import { faultDesk, type FaultDesk } from './fault-desk.js'
import { hostedVenue, type HostedVenue, type RuledFrontEnd } from './hosted-venue.js'
import { referenceExchange, type ReferenceExchange } from './reference-exchange.js'
import type { ReferenceMarketOptions } from './reference-market.js'

export const venueNames = ['binance', 'binance-usdm', 'coinbase', 'coinbase-advanced'] as const
export type VenueName = (typeof venueNames)[number]

export interface VenueOptions {
  /** `coinbase` is the Exchange feed. */
  readonly name: VenueName
  readonly clock: Clock
  /** Of the markets, the faults and everything else that is random. Default 1. */
  readonly seed?: number
  /** Default: two markets in the venue's own spelling. */
  readonly symbols?: readonly string[]
  /** Orders a second and symbol. Default 50. */
  readonly ordersPerSecond?: number
  /** For every market. */
  readonly market?: Omit<ReferenceMarketOptions, 'base' | 'quote'>
  /** Ages and intervals that are not the venue's own, so that tests need not wait: all are divided by it. Default 1. */
  readonly hurry?: number
}

/** An exchange of one's own: markets, the venue's face before them, and faults. */
export interface Venue extends HostedVenue {
  readonly reference: ReferenceExchange
  readonly faults: FaultDesk
  /** Publishes what has gathered for the next batch now, without waiting for the clock. */
  publish(): void
  stop(): void
}

const defaultSymbols: Readonly<Record<VenueName, readonly string[]>> = {
  binance: ['BTCUSDT', 'ETHUSDT'],
  'binance-usdm': ['BTCUSDT', 'ETHUSDT'],
  coinbase: ['BTC-USD', 'ETH-USD'],
  'coinbase-advanced': ['BTC-USD', 'ETH-USD'],
}

/** Where prices begin, in cents, by base; others at 100.00. */
const openings: Readonly<Record<string, number>> = { BTC: 6_400_000, ETH: 310_000, SOL: 15_000 }

/**
 * A venue that behaves as the real one does, as far as a client of its market data can tell, with the whole truth at hand: `reference` has
 * the book of every update id.
 *
 * @throws {LobError} LOB_BAD_OPTION where there is no such venue.
 */
export function venue({ name, clock, seed = 1, symbols = defaultSymbols[name], ordersPerSecond = 50, market, hurry = 1 }: VenueOptions): Venue {
  if (!venueNames.includes(name)) throw new LobError('LOB_BAD_OPTION', `There is no venue ${String(name)}; there are ${venueNames.join(', ')}.`)
  const reference = referenceExchange({
    clock, seed, ordersPerSecond,
    symbols: Object.fromEntries(symbols.map((symbol) => {
      const [base, quote] = splitSymbol(symbol)
      return [symbol, { base, quote, openingTicks: openings[base] ?? 10_000, ...(name === 'binance-usdm' && { skips: 3, lotSize: '0.001' }), ...market }]
    })),
  })
  const faults = faultDesk(clock, seededRandom(seed + 77))
  const frontEnd = faceOf(name, reference, faults, hurry)
  const hosted = hostedVenue(frontEnd, faults, clock)
  faults.serve(reference, hosted.politeness)

  return {
    frontEnd,
    politeness: hosted.politeness,
    answer: (request) => hosted.answer(request),
    connect: (url, wire) => hosted.connect(url, wire),
    get connections() {
      return hosted.connections
    },
    reference,
    faults,
    publish: () => frontEnd.publish(),
    stop() {
      faults.calm()
      frontEnd.stop()
      reference.stop()
    },
  }
}

function faceOf(name: VenueName, reference: ReferenceExchange, faults: FaultDesk, hurry: number): RuledFrontEnd {
  if (name === 'coinbase') return coinbaseExchangeVenue({ reference, faults, subscribeMicros: 5_000_000 / hurry })
  if (name === 'coinbase-advanced') return coinbaseAdvancedVenue({ reference, faults, subscribeMicros: 5_000_000 / hurry, idleMicros: 75_000_000 / hurry })
  const futures = name === 'binance-usdm'
  return binanceVenue({
    reference, market: futures ? 'usdm' : 'spot', pingMicros: (futures ? 180_000_000 : 20_000_000) / hurry, pongMicros: (futures ? 600_000_000 : 60_000_000) / hurry, lifetimeMicros: 86_400_000_000 / hurry,
  })
}

/** `BTC-USD` or `BTCUSDT`; a spelling without a known end is all base. */
function splitSymbol(symbol: string): readonly [base: string, quote: string] {
  const shape = /^(.+?)-?(USDT|USDC|USD|EUR|BTC)$/.exec(symbol)
  return shape === null ? [symbol, 'USD'] : [shape[1]!, shape[2]!]
}
