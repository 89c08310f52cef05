import { LobError, type EventHeader, type InstrumentId, type MarketEvent, type Micros, type PriceLevel, type RestingOrder } from '@rxlob/core'
import { atOnce, decimalOf, type InParts, type Normalizer, type SnapshotContents } from '@rxlob/feed'
import { decimalSum } from './decimal-sum.js'
import type { CoinbaseMessage, Match, OrderChange, OrderDone, OrderMessage, OrderOpen, RestBook, WireLevel } from './messages.js'
import { wireHeader, type InstrumentOf } from './normalizer.js'
import { wireSide } from './wire-side.js'

type Order = Omit<RestingOrder, 'size'>

/** The orders that rest, by the venue's id, as of message `sequence`. */
interface Orders {
  readonly resting: Map<string, Order>
  sequence: number
}

/** One product. */
interface ProductBook {
  current: Orders | undefined
  fetched: Orders | undefined
  nextId: number
  /** Grows by 1 with every message: what was made ready before may not hold any more. */
  version: number
}

/** A snapshot as it will be if nothing comes before it. */
interface Ready {
  readonly contents: SnapshotContents
  readonly resting: Map<string, Order>
  readonly nextId: number
  readonly version: number
}

/** Orders that are read between rests: a millisecond. */
const partOrders = 256

/**
 * `full` messages to order events. Order ids, which are text, are numbered by first sight; an id is forgotten when its order is done.
 *
 * Coinbase tells of orders that never come to rest (market orders, immediate fills): who is unknown here has no part in the book. So each
 * message must come once and in its order, after the snapshot that it follows; a snapshot takes effect with the message that follows it.
 */
export function orderNormalizer(instrumentOf: InstrumentOf): Normalizer<CoinbaseMessage> {
  const books = new Map<InstrumentId, ProductBook>()
  const prepared = new WeakMap<CoinbaseMessage, Ready>()

  function bookOf(product: string): ProductBook {
    const instrument = instrumentOf(product)
    const known = books.get(instrument) ?? { current: undefined, fetched: undefined, nextId: 1, version: 0 }
    books.set(instrument, known)
    return known
  }

  function ordersBefore(product: string, sequence: number): Orders {
    const book = bookOf(product)
    if (book.fetched?.sequence === sequence - 1) {
      book.current = book.fetched
      book.fetched = undefined
    }
    if (book.current?.sequence === sequence - 1) return book.current
    throw new LobError('LOB_BAD_MESSAGE', `Message ${sequence} of ${product} does not follow ${book.current?.sequence ?? 'a snapshot'}.`, { seq: sequence })
  }

  function* ready(raw: RestBook): InParts<Ready> {
    const { current, version, ...book } = bookOf(raw.product)
    let { nextId } = book
    const resting = new Map<string, Order>()
    const orders: RestingOrder[] = []
    for (const [side, list] of [['bid', raw.bids], ['ask', raw.asks]] as const) {
      for (let at = 0; at < list.length; at++) {
        const [price, size, key] = list[at]!
        if (typeof key !== 'string') throw new LobError('LOB_BAD_MESSAGE', 'Expected a level-3 book, with an order id third, got none.', { stream: raw.product })
        const id = current?.resting.get(key)?.orderId ?? nextId++
        // One object for both: what a hundred thousand more would cost is time to collect them.
        const order: RestingOrder = { orderId: id, side, price: decimalOf(price), size: decimalOf(size) }
        resting.set(key, order)
        orders.push(order)
        if (at % partOrders === 0) yield
      }
    }
    return { contents: { bids: yield* totals(raw.bids, -1), asks: yield* totals(raw.asks, 1), orders, seq: raw.sequence! }, resting, nextId, version }
  }

  function snapshot(raw: RestBook, header: EventHeader): MarketEvent {
    const book = bookOf(raw.product)
    const known = prepared.get(raw)
    const { contents, resting, nextId } = known?.version === book.version ? known : atOnce(ready(raw))
    book.fetched = { resting, sequence: raw.sequence! }
    book.nextId = nextId
    book.version++
    return { kind: 'snapshot', ...header, bids: contents.bids, asks: contents.asks, orders: contents.orders! }
  }

  return {
    *prepare(raw) {
      if (raw.type !== 'book') return undefined
      const made = yield* ready(raw)
      prepared.set(raw, made)
      return made.contents
    },
    normalize(raw, tsLocal, emit) {
      switch (raw.type) {
        case 'book':
          emit(snapshot(raw, headerOf(raw.product, raw.time, tsLocal, raw.sequence!)))
          break
        case 'open':
        case 'done':
        case 'change':
        case 'note':
        case 'match': {
          const orders = ordersBefore(raw.product, raw.sequence!)
          bookOf(raw.product).version++
          const event = raw.type === 'match' ? fill(orders, raw, tsLocal) : change(orders, raw, tsLocal)
          orders.sequence = raw.sequence!
          if (event !== undefined) emit(event)
          break
        }
        case 'odd':
          throw raw.error
        default:
      }
    },
  }

  function headerOf(product: string, time: string | undefined, tsLocal: Micros, sequence: number): EventHeader {
    return wireHeader(instrumentOf(product), time, tsLocal, sequence)
  }

  function change({ resting }: Orders, raw: OrderMessage, tsLocal: Micros): MarketEvent | undefined {
    if (raw.type === 'note') return undefined
    const header = headerOf(raw.product, raw.time, tsLocal, raw.sequence)
    if (raw.type === 'open') return opened(bookOf(raw.product), resting, raw, header)
    const order = resting.get(raw.orderId)
    if (order === undefined) return undefined
    if (raw.type === 'change') return changed(resting, order, raw, header)
    return finished(resting, order, raw, header)
  }

  function opened(book: ProductBook, resting: Map<string, Order>, { orderId, side, price, remaining, sequence }: OrderOpen, header: EventHeader): MarketEvent {
    if (resting.has(orderId)) throw new LobError('LOB_BAD_MESSAGE', 'An order opens that rests already.', { seq: sequence })
    const order: Order = { orderId: book.nextId++, side: wireSide(side), price: decimalOf(price) }
    resting.set(orderId, order)
    return orderEvent(header, 'add', orderId, order, decimalOf(remaining))
  }

  function fill({ resting }: Orders, { product, tradeId, makerOrderId = '', size, sequence, time }: Match, tsLocal: Micros): MarketEvent {
    const order = resting.get(makerOrderId)
    if (order === undefined) throw new LobError('LOB_BAD_MESSAGE', `Trade ${tradeId} is with an order that does not rest.`, { seq: sequence! })
    return orderEvent(headerOf(product, time, tsLocal, sequence!), 'fill', makerOrderId, order, decimalOf(size))
  }
}

/** What is left of a filled order is nothing, and its fills have said so. */
function finished(resting: Map<string, Order>, order: Order, { orderId, reason, remaining, sequence }: OrderDone, header: EventHeader): MarketEvent | undefined {
  if (reason !== 'filled' && reason !== 'canceled') throw new LobError('LOB_BAD_MESSAGE', `Expected an order done as filled or canceled, got ${JSON.stringify(reason)}.`, { seq: sequence })
  resting.delete(orderId)
  const left = remaining === undefined ? 0 : decimalOf(remaining)
  return left === 0 ? undefined : orderEvent(header, 'remove', orderId, order, left)
}

/** A smaller size keeps the order's place; another price or a larger size do not. */
function changed(resting: Map<string, Order>, order: Order, raw: OrderChange, header: EventHeader): MarketEvent | undefined {
  const { reason = 'STP', oldSize, newSize, newPrice, orderId, sequence } = raw
  if (reason !== 'STP' && reason !== 'modify_order') throw new LobError('LOB_BAD_MESSAGE', `Expected a change by STP or modify_order, got ${JSON.stringify(reason)}.`, { seq: sequence })
  if (oldSize === undefined || newSize === undefined) throw new LobError('LOB_BAD_MESSAGE', 'Expected old_size and new_size of an order that rests.', { seq: sequence })
  const price = newPrice === undefined ? order.price : decimalOf(newPrice)
  const moved = price !== order.price
  if (!moved && decimalOf(newSize) < decimalOf(oldSize)) return orderEvent(header, 'reduce', orderId, order, decimalSum([oldSize], [newSize]))
  if (!moved && decimalOf(newSize) === decimalOf(oldSize)) return undefined
  const replaced: Order = { orderId: order.orderId, side: order.side, price }
  resting.set(orderId, replaced)
  return orderEvent(header, 'replace', orderId, replaced, decimalOf(newSize))
}

const orderEvent = (header: EventHeader, action: 'add' | 'reduce' | 'remove' | 'fill' | 'replace', orderKey: string, { orderId, side, price }: Order, size: number): MarketEvent =>
  ({ kind: 'order', ...header, action, orderId, orderKey, side, price, size })

/** Levels of a side, best first: the exact sum of the orders at each price. */
function* totals(orders: readonly WireLevel[], step: 1 | -1): InParts<readonly PriceLevel[]> {
  const sizes = new Map<number, string[]>()
  for (let at = 0; at < orders.length; at++) {
    const [price, size] = orders[at]!
    const value = decimalOf(price)
    const known = sizes.get(value)
    if (known === undefined) sizes.set(value, [size])
    else known.push(size)
    if (at % partOrders === 0) yield
  }
  const levels: PriceLevel[] = []
  for (const [price, texts] of sizes) {
    levels.push([price, decimalSum(texts)])
    if (levels.length % partOrders === 0) yield
  }
  return levels.sort(([a], [b]) => (a - b) * step)
}
