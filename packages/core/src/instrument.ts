/** `venue:symbol`, upper-case symbol, e.g. `binance:BTCUSDT`. The key of every per-instrument state. */
export type InstrumentId = `${string}:${string}`

/** What a book needs to know about the thing it is a book of. */
export interface Instrument {
  readonly id: InstrumentId
  readonly venue: string
  /** The venue's own spelling, exactly as it goes over the wire. */
  readonly symbol: string
  readonly kind: 'spot' | 'perpetual' | 'future' | 'equity'
  readonly base: string
  readonly quote: string
  /** Currency of profit and loss; differs from `quote` for inverse contracts. */
  readonly settle: string
  /** `inverse`: quoted in `quote`, sized in contracts of `multiplier` quote units, settled in `base`. */
  readonly contract: 'linear' | 'inverse'
  /** Smallest price step, quote units. */
  readonly tickSize: number
  /** Smallest size step, base units (contracts for inverse). */
  readonly lotSize: number
  /** Base units per contract (quote units for inverse); 1 for spot and equities. */
  readonly multiplier: number
}
