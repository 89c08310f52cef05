import type { LobError } from '@rxlob/core'
import type { InParts } from '@rxlob/feed'
import type { CoinbaseFeed } from './urls.js'
import { readAdvanced, readAdvancedInParts } from './read-advanced.js'
import { readExchange, readExchangeInParts } from './read-exchange.js'

/** Price and size, as text; level-3 answers have the order's id third. */
export type WireLevel = readonly [price: string, size: string, orderId?: string]

/** Side in the venue's own word, price and new size; size 0 removes the level. */
export type WireChange = readonly [side: string, price: string, size: string]

/** The whole book of a product, in the stream. `{"type":"snapshot","product_id":"BTC-USD","bids":[["100.00","1"]],"asks":[]}` */
export interface LevelSnapshot {
  readonly type: 'snapshot'
  readonly product: string
  readonly time: string | undefined
  readonly bids: readonly WireLevel[]
  readonly asks: readonly WireLevel[]
  /** Changes that say the same (Advanced Trade sends its snapshots so). */
  readonly changes: readonly WireChange[]
}

/** `{"type":"l2update","product_id":"BTC-USD","changes":[["buy","100.50","0.75"]],"time":"..."}`; sides are `bid` and `offer` on Advanced Trade. */
export interface LevelUpdate {
  readonly type: 'update'
  readonly product: string
  readonly time: string | undefined
  readonly changes: readonly WireChange[]
}

/** A trade. `side` is the maker's, in the venue's own word and case. */
export interface Match {
  readonly type: 'match'
  readonly product: string
  readonly tradeId: number
  /** Exchange: the product's message number. */
  readonly sequence: number | undefined
  readonly makerOrderId: string | undefined
  readonly side: string
  readonly price: string
  readonly size: string
  readonly time: string | undefined
  /** Sent to show where the trades stand (`last_match`, a trades snapshot): it may be known already. */
  readonly recap: boolean
}

/** An order came to rest. */
export interface OrderOpen extends OrderHeader {
  readonly type: 'open'
  readonly side: string
  readonly price: string
  readonly remaining: string
}

/** An order is over. Orders that never rested say so too, without price and remaining size. */
export interface OrderDone extends OrderHeader {
  readonly type: 'done'
  readonly reason: string
  readonly remaining: string | undefined
}

/** An order has another size (`STP`), or size and price (`modify_order`). */
export interface OrderChange extends OrderHeader {
  readonly type: 'change'
  readonly reason: string | undefined
  /** Absent for orders by funds, which never rest. */
  readonly oldSize: string | undefined
  readonly newSize: string | undefined
  /** Absent where the price stays. */
  readonly newPrice: string | undefined
}

/** Numbered, and nothing to a book (`received`, `activate`). */
export interface OrderNote {
  readonly type: 'note'
  readonly product: string
  readonly sequence: number
}

interface OrderHeader {
  readonly product: string
  readonly sequence: number
  readonly orderId: string
  readonly time: string | undefined
}

/** REST: `{"sequence":102,"bids":[["100.00","1.0","<order id>"]],"asks":[]}` or Advanced Trade's `{"pricebook":{...}}`, which has no number. */
export interface RestBook {
  readonly type: 'book'
  readonly product: string
  readonly sequence: number | undefined
  readonly time: string | undefined
  readonly bids: readonly WireLevel[]
  readonly asks: readonly WireLevel[]
}

/** One a second and product: how far messages and trades have come. */
export interface Heartbeat {
  readonly type: 'heartbeat'
  readonly product: string
  readonly sequence: number
  readonly lastTradeId: number
}

/** Best prices at a message number (Exchange). Sizes are absent before 2022. */
export interface Ticker {
  readonly type: 'ticker'
  readonly product: string
  readonly sequence: number
  readonly bid: string
  readonly bidSize: string | undefined
  readonly ask: string
  readonly askSize: string | undefined
}

/** The whole set of subscriptions now in force. */
export interface Subscriptions {
  readonly type: 'subscriptions'
  readonly channels: readonly { readonly name: string; readonly products: readonly string[] }[]
}

export interface ErrorMessage {
  readonly type: 'error'
  readonly text: string
}

/** One Advanced Trade frame, numbered over all channels of its connection. */
export interface Envelope {
  readonly type: 'envelope'
  readonly sequence: number | undefined
  readonly parts: readonly CoinbaseMessage[]
}

/** Whose message it is can be read, what it says cannot be true. */
export interface OddMessage {
  readonly type: 'odd'
  readonly product: string
  readonly channel: 'book' | 'trades'
  readonly error: LobError
}

/** Channels nobody asked this library for, and messages about nothing. */
export interface OtherMessage {
  readonly type: 'other'
}

export type OrderMessage = OrderOpen | OrderDone | OrderChange | OrderNote
export type CoinbaseMessage = LevelSnapshot | LevelUpdate | Match | OrderMessage | RestBook | Heartbeat | Ticker | Subscriptions | ErrorMessage | Envelope | OddMessage | OtherMessage

/**
 * One frame as a message. Known fields are read and checked, unknown ones and unknown kinds of message ignored.
 *
 * @throws {LobError} LOB_BAD_MESSAGE where a known message lacks a field or has one of another type.
 */
export const readMessage = (feed: CoinbaseFeed, frame: Uint8Array): CoinbaseMessage => (feed === 'exchange' ? readExchange(frame) : readAdvanced(frame))

/** The same, read in parts: for snapshots of megabytes. */
export const readMessageInParts = (feed: CoinbaseFeed, frame: Uint8Array): InParts<CoinbaseMessage> => (feed === 'exchange' ? readExchangeInParts(frame) : readAdvancedInParts(frame))
