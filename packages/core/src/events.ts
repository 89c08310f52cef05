import type { Instrument, InstrumentId } from './instrument.js'
import type { Micros } from './units.js'

export type Side = 'bid' | 'ask'

/** Price in quote units, then size in base units. A size of 0 removes the level. */
export type PriceLevel = readonly [price: number, size: number]

/** What every event carries. */
export interface EventHeader {
  readonly instrument: InstrumentId
  /** When the venue says it happened. Equal to `tsLocal` where the venue does not say. */
  readonly tsExchange: Micros
  /** When this machine (or the recorder) received it. Replays are ordered by this field. */
  readonly tsLocal: Micros
  /** Nanoseconds within the microsecond of `tsExchange`, 0-999, where the venue gives them. */
  readonly nanos?: number
  /** Venue sequence number of the last change in the event; `undefined` where there is none. */
  readonly seq?: number
}

/** One order resting in the book (level 3). Listed in queue order within a price. */
export interface RestingOrder {
  readonly orderId: number
  readonly side: Side
  readonly price: number
  readonly size: number
}

/** The whole visible book. Consumers discard what they held. Best level first. */
export interface BookSnapshot extends EventHeader {
  readonly kind: 'snapshot'
  readonly bids: readonly PriceLevel[]
  readonly asks: readonly PriceLevel[]
  /** Level 3 only: the orders behind the levels, applied atomically with them. */
  readonly orders?: readonly RestingOrder[]
  /** Where what is known ends, if not at the last level; else a side with fewer levels than the source shows is known whole. */
  readonly scrolled?: ScrolledLevels
}

/** Levels that entered or left the far end of a window of fixed depth; no order arrived or was cancelled. */
export interface ScrolledLevels {
  /** A size of 0 says "out of view from here on"; a price of -Infinity (bids) or Infinity (asks) says "nothing beyond". */
  readonly bids: readonly PriceLevel[]
  readonly asks: readonly PriceLevel[]
}

/**
 * Absolute new sizes at some prices, applied together. On a level 3 book it sets a level's total:
 * what the level's known orders do not explain is anonymous quantity, ahead of every known order.
 */
export interface BookDelta extends EventHeader {
  readonly kind: 'delta'
  readonly bids: readonly PriceLevel[]
  readonly asks: readonly PriceLevel[]
  /** `scroll`: every level of the event entered or left the visible window (see `ScrolledLevels`). */
  readonly cause?: 'set' | 'scroll'
}

/** For feeds without orders, and for prints outside the visible book (hidden executions, crosses). */
export interface Trade extends EventHeader {
  readonly kind: 'trade'
  readonly price: number
  readonly size: number
  /** The taker's side. */
  readonly aggressor: 'buy' | 'sell' | 'unknown'
  /** `cross` and `off-book` prints move no queue and count in no traded volume. */
  readonly print: 'regular' | 'hidden' | 'cross' | 'off-book'
  readonly id?: string
}

/** One change to one resting order (level 3, market by order). A `fill` is a trade too. */
export interface OrderEvent extends EventHeader {
  readonly kind: 'order'
  /** `replace`: the order moves to `price` and `size` and loses its place in the queue. */
  readonly action: 'add' | 'reduce' | 'remove' | 'fill' | 'replace'
  /** Below 2^53. Text ids are numbered by first sight since the last snapshot and freed on removal. */
  readonly orderId: number
  /** The venue's own text id, where it has one. */
  readonly orderKey?: string
  readonly side: Side
  readonly price: number
  /** Size added, taken away, filled or (replace) new. */
  readonly size: number
  /** What the change moved into or out of a window of fixed depth, applied in the same step. */
  readonly scrolled?: ScrolledLevels
}

/** The feed talking about itself. */
export interface FeedStatus extends EventHeader {
  readonly kind: 'status'
  /**
   * `disconnected`, `gap`, `stale`, `dropped` and `session` start every state of the channel again;
   * the others change no state.
   */
  readonly status: StatusName
  readonly channel: Channel
  /** What is missing, where the venue numbers its messages. */
  readonly fromSeq?: number
  readonly toSeq?: number
  readonly count?: number
  readonly reason?: string
}

/** Statuses in the order of their index in the `lots` column of a batch. New names go to the end. */
export const statusNames = [
  'connected', 'disconnected', 'gap', 'stale', 'dropped', 'crossed',
  'halted', 'resumed', 'refused', 'session', 'ended',
] as const
export type StatusName = (typeof statusNames)[number]

/** Channels in the order of their index in the `ticks` column of a batch's status rows. */
export const channels = ['book', 'trades', 'all'] as const
export type Channel = (typeof channels)[number]

/** New or changed instrument metadata. Always the first event of an instrument. */
export interface InstrumentEvent extends EventHeader {
  readonly kind: 'instrument'
  readonly definition: Instrument
  /** Levels per side that the source can show; Infinity where it shows all, 0 for trades alone. */
  readonly levels: number
}

export type MarketEvent = InstrumentEvent | BookSnapshot | BookDelta | Trade | OrderEvent | FeedStatus
export type EventKind = MarketEvent['kind']
