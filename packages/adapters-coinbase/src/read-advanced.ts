import type { InParts } from '@rxlob/feed'
import { badField, idOf, listOf, objectIn, objectInParts, objectOf, optionalId, optionalText, readOrOdd, textOf, type Fields } from './fields.js'
import type { CoinbaseMessage, Envelope, LevelSnapshot, LevelUpdate, Match, RestBook, WireChange, WireLevel } from './messages.js'

/**
 * One Advanced Trade frame as an envelope of messages: one an event of a book, one a trade (oldest first; the venue sends them newest first).
 *
 * @throws {LobError} LOB_BAD_MESSAGE where a known message lacks a field or has one of another type.
 * @see https://docs.cdp.coinbase.com/advanced-trade/docs/ws-channels
 */
export const readAdvanced = (frame: Uint8Array): Envelope => envelopeOf(objectIn(frame))

/** The same, read in parts. */
export function* readAdvancedInParts(frame: Uint8Array): InParts<Envelope> {
  return envelopeOf(yield* objectInParts(frame))
}

function envelopeOf(data: Fields): Envelope {
  if (data['type'] === 'error') return { type: 'envelope', sequence: optionalId(data, 'sequence_num'), parts: [{ type: 'error', text: [optionalText(data, 'message'), optionalText(data, 'reason')].filter((part) => part !== undefined).join(': ') }] }
  return { type: 'envelope', sequence: optionalId(data, 'sequence_num'), parts: partsOf(data) }
}

/**
 * A REST product book.
 *
 * @throws {LobError} LOB_BAD_MESSAGE where it is none.
 */
export const readAdvancedBook = (body: Uint8Array, product: string): RestBook => bookOf(objectIn(body), product)

/** The same, read in parts. */
export function* readAdvancedBookInParts(body: Uint8Array, product: string): InParts<RestBook> {
  return bookOf(yield* objectInParts(body), product)
}

function bookOf(data: Fields, product: string): RestBook {
  const book = objectOf(data['pricebook'])
  const side = (field: string): readonly WireLevel[] =>
    listOf(book, field).map((value) => {
      const level = objectOf(value)
      return [textOf(level, 'price'), textOf(level, 'size')]
    })
  return { type: 'book', product, sequence: undefined, time: optionalText(book, 'time'), bids: side('bids'), asks: side('asks') }
}

/**
 * A REST answer of a product's last trades, oldest first.
 *
 * @throws {LobError} LOB_BAD_MESSAGE where it is none.
 */
export const readAdvancedTrades = (body: Uint8Array): readonly Match[] => tradesOf({ type: 'update', trades: objectIn(body)['trades'] })

function partsOf(data: Fields): readonly CoinbaseMessage[] {
  const time = optionalText(data, 'timestamp')
  switch (data['channel']) {
    case 'l2_data':
      return listOf(data, 'events').map((value) => {
        const event = objectOf(value)
        return readOrOdd(event['product_id'], 'book', () => bookEvent(event, time))
      })
    case 'market_trades':
      return listOf(data, 'events').flatMap((event) => tradesOf(objectOf(event)))
    case 'subscriptions':
      return listOf(data, 'events').map((event) => ({
        type: 'subscriptions',
        channels: Object.entries(objectOf(objectOf(event)['subscriptions'])).map(([name, products]) => ({ name, products: Array.isArray(products) ? products.map(String) : [] })),
      }))
    default:
      return [{ type: 'other' }]
  }
}

/** The time of an event is the latest of its levels', where they have one; 1970 says that they have none. */
function bookEvent(event: Fields, timestamp: string | undefined): LevelSnapshot | LevelUpdate {
  const { type } = event
  const product = textOf(event, 'product_id')
  let latest: string | undefined
  const changes = listOf(event, 'updates').map((value): WireChange => {
    const update = objectOf(value)
    const time = optionalText(update, 'event_time')
    if (time !== undefined && !time.startsWith('1970') && !(latest !== undefined && withoutZone(time) <= withoutZone(latest))) latest = time
    return [textOf(update, 'side'), textOf(update, 'price_level'), textOf(update, 'new_quantity')]
  })
  const time = latest ?? timestamp
  if (type === 'snapshot') return { type, product, time: timestamp, bids: [], asks: [], changes }
  if (type === 'update') return { type, product, time, changes }
  throw badField('type', 'snapshot or update', type)
}

/** Times of any number of digits compare as text without their `Z`. */
const withoutZone = (time: string): string => time.slice(0, -1)

function tradesOf(event: Fields): readonly Match[] {
  const { type } = event
  if (type !== 'snapshot' && type !== 'update') throw badField('type', 'snapshot or update', type)
  return listOf(event, 'trades')
    .map((value): Match => {
      const trade = objectOf(value)
      return {
        type: 'match', product: textOf(trade, 'product_id'), tradeId: idOf(trade, 'trade_id'), sequence: undefined, makerOrderId: undefined,
        side: textOf(trade, 'side'), price: textOf(trade, 'price'), size: textOf(trade, 'size'), time: optionalText(trade, 'time'), recap: type === 'snapshot',
      }
    })
    .sort((a, b) => a.tradeId - b.tradeId)
}
