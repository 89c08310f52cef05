import type { Instrument, MarketEvent, OrderEvent, PriceLevel } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { naiveBook, type NaiveBook } from '../src/index.js'

const definition: Instrument = {
  id: 'test:ONE', venue: 'test', symbol: 'ONE', kind: 'equity', base: 'ONE', quote: 'USD', settle: 'USD', contract: 'linear', tickSize: 0.01, lotSize: 1, multiplier: 1,
}
const header = { instrument: definition.id, tsExchange: 1, tsLocal: 1 } as const
const snapshot = (bids: PriceLevel[], asks: PriceLevel[]): MarketEvent => ({ kind: 'snapshot', ...header, bids, asks })
const delta = (bids: PriceLevel[], asks: PriceLevel[] = [], cause?: 'scroll'): MarketEvent => ({ kind: 'delta', ...header, bids, asks, ...(cause && { cause }) })
const status = (name: 'gap' | 'halted', channel: 'book' | 'trades'): MarketEvent => ({ kind: 'status', ...header, status: name, channel })
const order = (action: OrderEvent['action'], orderId: number, price: number, size: number): OrderEvent => ({ kind: 'order', ...header, action, orderId, side: 'bid', price, size })

function bookOf(levels: number, ...events: MarketEvent[]): NaiveBook {
  const book = naiveBook()
  book.apply({ kind: 'instrument', ...header, definition, levels })
  for (const event of events) book.apply(event)
  return book
}

const open = snapshot([[10, 5], [9.99, 7]], [[10.01, 3], [10.03, 4]])

describe('level 2', () => {
  it('reads best first, NaN and 0 beyond', () => {
    const book = bookOf(Infinity, open, delta([[9.98, 1], [10, 0]], [[10.02, 9]]))
    expect(book.levels('bid')).toEqual([[999, 7], [998, 1]])
    expect(book.levels('ask')).toEqual([[1001, 3], [1002, 9], [1003, 4]])
    expect([book.bidTicks(2), book.bidLots(2), book.bidKnownDepth]).toEqual([NaN, 0, Infinity])
    expect(book.changes.map(({ side, ticks, lotsBefore, lotsAfter, cause, depth }) => [side, ticks, lotsBefore, lotsAfter, cause, depth])).toEqual([
      [1, 998, 0, 1, 'set', 2],
      [1, 1000, 5, 0, 'set', 0],
      [-1, 1002, 0, 9, 'set', 1],
    ])
  })

  it('ignores deltas before a snapshot and after a gap of its channel', () => {
    expect(bookOf(Infinity, delta([[10, 5]])).synced).toBe(false)
    const book = bookOf(Infinity, open, status('gap', 'book'), delta([[10, 5]]))
    expect([book.synced, book.bidDepth, book.bidLots(0), book.bidKnownDepth]).toEqual([false, 0, NaN, 0])
    expect(bookOf(Infinity, open, status('gap', 'trades'), status('halted', 'book')).synced).toBe(true)
  })

  it('is crossed where best bid meets best ask', () => {
    expect(bookOf(Infinity, open).crossed).toBe(false)
    expect(bookOf(Infinity, open, delta([[10.01, 1]])).crossed).toBe(true)
    expect(bookOf(Infinity, open, delta([], [[10.01, 0], [10.03, 0]])).crossed).toBe(false)
  })

  it('knows a side as deep as the snapshot reached', () => {
    const book = bookOf(2, open, delta([[9.9, 1]]))
    expect([book.bidDepth, book.bidKnownDepth, book.bidTicks(2), book.bidLots(2)]).toEqual([3, 2, NaN, NaN])
    book.apply(delta([[10, 0]]))
    expect([book.bidKnownDepth, book.levels('bid')]).toEqual([1, [[999, 7]]])
    expect(bookOf(3, open).bidKnownDepth).toBe(Infinity)
  })

  it('scrolls: in extends what is known, out ends it, infinitely far says nothing lies beyond', () => {
    const book = bookOf(2, open, delta([[10, 0]]), delta([[9.97, 2]], [], 'scroll'))
    expect([book.levels('bid'), book.bidKnownDepth]).toEqual([[[999, 7], [997, 2]], 2])
    book.apply(delta([[9.97, 0]], [], 'scroll'))
    expect([book.levels('bid'), book.bidKnownDepth, book.bidLots(1)]).toEqual([[[999, 7]], 1, NaN])
    book.apply(delta([[-Infinity, 0]], [], 'scroll'))
    expect([book.bidKnownDepth, book.bidLots(1)]).toEqual([Infinity, 0])
  })

  it('starts again on a changed definition and not on the same one', () => {
    const book = bookOf(Infinity, open, { kind: 'instrument', ...header, definition: { ...definition }, levels: Infinity })
    expect(book.synced).toBe(true)
    book.apply({ kind: 'instrument', ...header, definition: { ...definition, tickSize: 0.05 }, levels: Infinity })
    expect(book.synced).toBe(false)
  })

  it('a number off the grid is a fault', () => {
    const book = bookOf(Infinity, open, delta([[9.985, 1]]))
    expect([book.faults, book.synced]).toEqual([1, false])
  })
})

describe('level 3', () => {
  it('queues in order of arrival, replaced orders at the tail', () => {
    const book = bookOf(Infinity, open, order('add', 1, 10, 2), order('add', 2, 10, 3), order('replace', 1, 10, 4))
    expect(book.queue('bid', 1000)).toEqual([{ orderId: 2, lots: 3 }, { orderId: 1, lots: 4 }])
    expect([book.bidLots(0), book.anonymousLots('bid', 1000)]).toEqual([12, 5])
  })

  it('an unseen id takes from the anonymous lots, then from the oldest orders', () => {
    const book = bookOf(Infinity, open, order('add', 1, 10, 2), order('add', 2, 10, 3), order('reduce', 99, 10, 4))
    expect([book.bidLots(0), book.anonymousLots('bid', 1000), book.unseenOrders]).toEqual([6, 1, 1])
    book.apply(order('fill', 98, 10, 4))
    expect([book.bidLots(0), book.queue('bid', 1000)]).toEqual([2, [{ orderId: 2, lots: 2 }]])
    book.apply(order('remove', 97, 10, 3))
    expect([book.synced, book.faults]).toEqual([false, 1])
  })

  it('takes no more than an order has, and all of it on remove', () => {
    const book = bookOf(Infinity, open, order('add', 1, 10, 2), order('reduce', 1, 10, 9))
    expect([book.bidLots(0), book.queue('bid', 1000)]).toEqual([5, []])
    const removed = bookOf(Infinity, open, order('add', 1, 10, 8), order('remove', 1, 10, 1))
    expect([removed.bidLots(0), removed.queue('bid', 1000)]).toEqual([5, []])
  })

  it('a delta sets the total; orders in excess give way, oldest first', () => {
    const book = bookOf(Infinity, open, order('add', 1, 10, 2), order('add', 2, 10, 3), delta([[10, 4]]))
    expect([book.bidLots(0), book.queue('bid', 1000)]).toEqual([4, [{ orderId: 1, lots: 1 }, { orderId: 2, lots: 3 }]])
  })

  it('forgets the orders of a level that scrolls out; their ids still count as seen', () => {
    const added = order('add', 1, 9.99, 2)
    const book = bookOf(2, open, added, { ...order('add', 2, 10.01, 1), scrolled: { bids: [[9.99, 0]], asks: [] } })
    expect([book.forgottenOrders, book.bidKnownDepth]).toEqual([1, 2])
    book.apply({ ...order('remove', 2, 10.01, 1), scrolled: { bids: [[9.99, 9]], asks: [] } })
    book.apply(order('remove', 1, 9.99, 2))
    expect([book.unseenOrders, book.bidLots(1), book.queue('bid', 999)]).toEqual([0, 7, []])
  })

  it('an unknown order cannot be replaced', () => expect(bookOf(Infinity, open, order('replace', 1, 10, 2)).faults).toBe(1))
})
