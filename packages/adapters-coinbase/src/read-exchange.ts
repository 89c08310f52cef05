import type { InParts } from '@rxlob/feed'
import { badField, idOf, listOf, objectIn, objectInParts, objectOf, optionalId, optionalText, readOrOdd, textOf, type Fields } from './fields.js'
import type { CoinbaseMessage, Match, RestBook, WireChange, WireLevel } from './messages.js'

/**
 * One frame of the Exchange feed as a message.
 *
 * @throws {LobError} LOB_BAD_MESSAGE where a known message lacks a field or has one of another type.
 * @see https://docs.cdp.coinbase.com/exchange/websocket-feed/channels
 */
export const readExchange = (frame: Uint8Array): CoinbaseMessage => messageOf(objectIn(frame))

/** The same, read in parts. */
export function* readExchangeInParts(frame: Uint8Array): InParts<CoinbaseMessage> {
  return messageOf(yield* objectInParts(frame))
}

function messageOf(data: Fields): CoinbaseMessage {
  const { type, product_id: product } = data
  if (type === 'snapshot' || type === 'l2update') return readOrOdd(product, 'book', () => levelMessage(data))
  if (type === 'match' || type === 'last_match') return readOrOdd(product, 'trades', () => matchOf(data))
  return otherMessage(data)
}

function levelMessage(data: Fields): CoinbaseMessage {
  const header = { product: textOf(data, 'product_id'), time: optionalText(data, 'time') }
  if (data['type'] === 'l2update') return { type: 'update', ...header, changes: changesOf(data) }
  return { type: 'snapshot', ...header, bids: levelsOf(data, 'bids'), asks: levelsOf(data, 'asks'), changes: [] }
}

function otherMessage(data: Fields): CoinbaseMessage {
  switch (data['type']) {
    case 'open':
      return { type: 'open', ...orderOf(data), side: textOf(data, 'side'), price: textOf(data, 'price'), remaining: textOf(data, 'remaining_size') }
    case 'done':
      return { type: 'done', ...orderOf(data), reason: textOf(data, 'reason'), remaining: optionalText(data, 'remaining_size') }
    case 'change':
      return { type: 'change', ...orderOf(data), reason: optionalText(data, 'reason'), oldSize: optionalText(data, 'old_size'), newSize: optionalText(data, 'new_size'), newPrice: optionalText(data, 'new_price') }
    case 'received':
      return { type: 'note', product: textOf(data, 'product_id'), sequence: idOf(data, 'sequence') }
    case 'activate':
      return data['sequence'] === undefined ? { type: 'other' } : { type: 'note', product: textOf(data, 'product_id'), sequence: idOf(data, 'sequence') }
    case 'heartbeat':
      return { type: 'heartbeat', product: textOf(data, 'product_id'), sequence: idOf(data, 'sequence'), lastTradeId: idOf(data, 'last_trade_id') }
    case 'ticker':
      return {
        type: 'ticker', product: textOf(data, 'product_id'), sequence: idOf(data, 'sequence'),
        bid: textOf(data, 'best_bid'), bidSize: optionalText(data, 'best_bid_size'), ask: textOf(data, 'best_ask'), askSize: optionalText(data, 'best_ask_size'),
      }
    case 'subscriptions':
      return { type: 'subscriptions', channels: listOf(data, 'channels').map(channelOf) }
    case 'error':
      return { type: 'error', text: [optionalText(data, 'message'), optionalText(data, 'reason')].filter((part) => part !== undefined).join(': ') }
    default:
      return { type: 'other' }
  }
}

/**
 * A REST book, of level 2 or 3.
 *
 * @throws {LobError} LOB_BAD_MESSAGE where it is none.
 */
export const readExchangeBook = (body: Uint8Array, product: string): RestBook => bookOf(objectIn(body), product)

/** The same, read in parts. */
export function* readExchangeBookInParts(body: Uint8Array, product: string): InParts<RestBook> {
  return bookOf(yield* objectInParts(body), product)
}

function bookOf(data: Fields, product: string): RestBook {
  return { type: 'book', product, sequence: idOf(data, 'sequence'), time: optionalText(data, 'time'), bids: levelsOf(data, 'bids'), asks: levelsOf(data, 'asks') }
}

/**
 * A REST answer of trades, newest first: as matches, oldest first.
 *
 * @throws {LobError} LOB_BAD_MESSAGE where it is none.
 */
export function readExchangeTrades(body: Uint8Array, product: string): readonly Match[] {
  const trades = listOf({ trades: JSON.parse(Buffer.from(body).toString('utf8')) as unknown }, 'trades')
  return trades.map((trade) => matchOf({ ...objectOf(trade), product_id: product })).sort((a, b) => a.tradeId - b.tradeId)
}

function matchOf(data: Fields): Match {
  return {
    type: 'match', product: textOf(data, 'product_id'), tradeId: idOf(data, 'trade_id'), sequence: optionalId(data, 'sequence'), makerOrderId: optionalText(data, 'maker_order_id'),
    side: textOf(data, 'side'), price: textOf(data, 'price'), size: textOf(data, 'size'), time: optionalText(data, 'time'), recap: data['type'] === 'last_match',
  }
}

function orderOf(data: Fields) {
  return { product: textOf(data, 'product_id'), sequence: idOf(data, 'sequence'), orderId: textOf(data, 'order_id'), time: optionalText(data, 'time') }
}

function channelOf(value: unknown): { readonly name: string; readonly products: readonly string[] } {
  const data = objectOf(value)
  return { name: textOf(data, 'name'), products: listOf(data, 'product_ids').map(String) }
}

/** `["100.00","1.0"]`, or with an order's id (level 3) or the number of orders (REST level 2) third. */
function levelsOf(data: Fields, field: string): readonly WireLevel[] {
  const levels = listOf(data, field)
  for (const level of levels) {
    if (!Array.isArray(level) || typeof level[0] !== 'string' || typeof level[1] !== 'string') throw badField(field, 'levels of ["price", "size"]', level)
  }
  return levels as WireLevel[]
}

function changesOf(data: Fields): readonly WireChange[] {
  const changes = listOf(data, 'changes')
  for (const change of changes) {
    if (!Array.isArray(change) || !change.slice(0, 3).every((part) => typeof part === 'string') || change.length < 3) throw badField('changes', '["side", "price", "size"]', change)
  }
  return changes as unknown as WireChange[]
}
