import { simulator } from '@rxlob/adapters-simulator'
import { naiveBook, naiveTicks } from '@rxlob/testkit'
import { lastValueFrom, toArray } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { queueAhead } from '../../src/kernel.js'
import { handTick, type HandTickSpec } from '../hand-tick.js'
import { runFeature } from '../run-feature.js'

const book = (bid: number, lots: number, more: HandTickSpec = {}) => handTick({ bids: [[bid, lots]], asks: [[110, 7]], ...more })

describe('queueAhead', () => {
  it('joins at the back, moves up with trades and cancellations, and joins again when filled or when the price moves', () => {
    const ticks = [
      book(100, 10),
      book(100, 15),
      book(100, 15, { trade: { ticks: 100, lots: -4 } }),
      book(100, 11),
      book(100, 3),
      book(100, 3, { trade: { ticks: 100, lots: -5 } }),
      book(101, 8),
      book(101, 8, { trade: { ticks: 100, lots: -5 } }),
      book(101, 8, { trade: { ticks: 101, lots: 5 } }),
    ]
    expect(runFeature(queueAhead({ model: 'pessimistic' }), ticks).map(([bid]) => bid)).toEqual([10, 10, 6, 6, 3, 3, 8, 8, 8])
    expect(runFeature(queueAhead({ model: 'pessimistic' }), ticks).map(([, ask]) => ask)).toEqual(Array.from(ticks, () => 7))
  })

  it('takes exact places where the feed gives orders', () => {
    const order = (before: number, after: number, orderLotsAhead: number, more: HandTickSpec = {}) =>
      book(100, after, { kind: 'order', orderLotsAhead, changes: [[1, 100, before, after, after > before ? 'add' : 'cancel']], ...more })
    const fill = { trade: { ticks: 100, lots: -1 } }
    const ticks = [
      book(100, 10),
      order(10, 14, NaN),
      // An order behind it leaves, then one ahead of it, then the head is filled.
      order(14, 12, 12),
      order(12, 9, 2),
      order(9, 5, 0, fill),
      // Of an id never seen: anonymous quantity stands ahead.
      order(5, 3, NaN),
      order(3, 2, 0),
      // Filled behind it: it is filled itself and joins again.
      order(2, 1, 0, fill),
    ]
    expect(runFeature(queueAhead({ model: 'exact' }), ticks).map(([bid]) => bid)).toEqual([10, 10, 10, 7, 3, 1, 0, 1])
  })

  it('equals the queue of the reference book: the lots of the orders that were there when it joined', async () => {
    const events = await lastValueFrom(simulator({ seed: 31, durationMicros: 120e6, rates: { limitOrders: 30, marketOrders: 2 } }).events().pipe(toArray()))
    const rows = runFeature(queueAhead({ model: 'exact' }), naiveTicks(events).map(({ tick }) => tick))
    const reference = naiveBook()
    let ahead = new Set<number>()
    let price = NaN
    let row = 0
    let moves = 0
    for (const event of events) {
      reference.apply(event)
      if (event.kind === 'instrument' || event.kind === 'status') continue
      const best = reference.bidTicks(0)
      const queue = reference.queue('bid', best)
      // A fill behind everyone that was ahead would have filled the imagined order.
      const past = best === price && event.kind === 'order' && event.action === 'fill' && event.side === 'bid' && !ahead.has(event.orderId)
      // A replaced order comes back behind.
      if (event.kind === 'order' && event.action === 'replace') ahead.delete(event.orderId)
      if (best !== price || past) ahead = new Set(queue.map(({ orderId }) => orderId))
      const front = queue.filter(({ orderId }) => ahead.has(orderId)).reduce((sum, { lots }) => sum + lots, 0)
      expect(rows[row]![0], `row ${row}`).toBe(front)
      if (row > 0 && rows[row]![0] !== rows[row - 1]![0]) moves++
      price = best
      row++
    }
    expect(moves).toBeGreaterThan(100)
  })

  it('is NaN on an empty side and refuses other models', () => {
    expect(runFeature(queueAhead({ model: 'log' }), [handTick({ asks: [[110, 7]] })])).toEqual([[NaN, 7]])
    expect(() => queueAhead({ model: 'fifo' as never })).toThrow(/model/)
    expect(queueAhead({ model: 'power', exponent: 3 }).fingerprint).not.toBe(queueAhead({ model: 'power' }).fingerprint)
  })
})
