import type { BookView } from '../book/book-view.js'
import type { Signal } from './signal.js'
import type { Tick } from '../book/tick.js'
import type { Instrument, InstrumentId } from '../instrument.js'
import type { Lots, Micros, Ticks } from '../units.js'

export interface Fill {
  readonly instrument: InstrumentId
  readonly orderId: number
  readonly side: 'buy' | 'sell'
  readonly liquidity: 'maker' | 'taker'
  readonly ticks: number
  readonly lots: Lots
  readonly tsExchange: Micros
  readonly tsLocal: Micros
}

/** The market as it stood when the order was decided, for pricing the fill. */
export interface MarketState {
  readonly instrument: Instrument
  readonly book: BookView
  /** Of log mid returns, per square root of a second. */
  readonly volatility: number
  /** Lots traded per second. */
  readonly volumeRate: number
}

/** Settlement currency, positive where the trader pays. A maker rebate is a negative fee. */
export interface Cost {
  readonly spread: number
  readonly impact: number
  readonly fee: number
}

/** Pure: the same fill in the same market costs the same. */
export interface CostModel {
  readonly name: string
  cost(fill: Fill, market: MarketState): Cost
}

/** From the venue to us, from decision to the venue, and back. `feed` is left out where the data has its own receive times. */
export interface LatencyModel {
  readonly name: string
  feed?(tsExchange: Micros): Micros
  entry(tsLocal: Micros): Micros
  feedback(tsExchange: Micros): Micros
}

export interface OrderRequest {
  readonly instrument: InstrumentId
  readonly side: 'buy' | 'sell'
  readonly type: 'market' | 'limit' | 'post-only' | 'ioc' | 'fok'
  readonly lots: Lots
  /** Left out for market orders. */
  readonly ticks?: Ticks
}

export interface OrderReport {
  readonly orderId: number
  readonly status: 'accepted' | 'rejected' | 'filled' | 'partly-filled' | 'cancelled' | 'replaced' | 'expired'
  readonly fill?: Fill
  /** Why, where rejected or expired. */
  readonly reason?: string
}

/** What a strategy may do. Orders take effect after the latency model's delay. */
export interface OrderPort {
  /** The book as it has reached us by now, to be read during the call; undefined where the instrument is not known. */
  book(instrument: InstrumentId): BookView | undefined
  position(instrument: InstrumentId): Lots
  place(order: OrderRequest): number
  replace(orderId: number, change: { lots?: Lots; ticks?: Ticks }): void
  cancel(orderId: number): void
  /** Trades at market up to this position. */
  target(instrument: InstrumentId, lots: Lots): void
}

export interface Strategy<State = any> {
  readonly name: string
  /** How often `onTimer` runs, if at all. */
  readonly timerMicros?: Micros
  init(instruments: readonly Instrument[]): State
  /** Every event, for strategies that quote. One that needs no event in particular reads `orders.book` at its own pace, which runs faster. */
  onTick?(state: State, tick: Tick, orders: OrderPort): void
  /** Once per signal, with the book as known at `signal.tsLocal`. */
  onSignal?(state: State, signal: Signal, book: BookView, orders: OrderPort): void
  onOrder?(state: State, report: OrderReport, orders: OrderPort): void
  onTimer?(state: State, tsLocal: Micros, orders: OrderPort): void
}
