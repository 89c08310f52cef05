import { BookTracker, eventsToBatch, statusNames, type Channel, type MarketEvent, type RestingOrder, type StatusName } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { equity, session } from '../session.js'

type Face = (tracker: BookTracker, event: MarketEvent) => boolean

const faces: readonly (readonly [name: string, face: Face])[] = [
  ['events', (tracker, event) => tracker.apply(event)],
  ['rows of a batch', (tracker, event) => {
    const gatherer = eventsToBatch(session(equity, 2).instrument() as Extract<MarketEvent, { kind: 'instrument' }>, { rows: 4 })
    gatherer.push(event as Exclude<MarketEvent, { kind: 'instrument' }>)
    const batch = gatherer.take()
    expect(tracker.applyRows(batch, 0)).toBe(batch.length)
    return tracker.ticked
  }],
]

const noTrade = [NaN, 0, 0, undefined]
const tradeOf = ({ tradeTicks, tradeLots, tradeSize, tradePrint }: BookTracker) => [tradeTicks, tradeLots, tradeSize, tradePrint]
const bestOf = ({ book }: BookTracker) => [book.bidTicks(0), book.bidLots(0), book.askTicks(0), book.askLots(0)]
const causesOf = ({ changes }: BookTracker) => Array.from({ length: changes.length }, (_, row) => `${changes.side(row)} ${changes.ticks(row)}: ${changes.lotsBefore(row)} to ${changes.lotsAfter(row)}, ${changes.cause(row)}`)

describe.each(faces)('BookTracker by %s', (_, apply) => {
  it('tells of each event what it was, what it traded and what it changed', () => {
    const make = session()
    const tracker = new BookTracker(equity, 2)
    const seen = (event: MarketEvent) => {
      const ticked = apply(tracker, event)
      return [tracker.kind, ticked, tradeOf(tracker), bestOf(tracker), causesOf(tracker), tracker.orderLotsAhead]
    }
    const nothing = [NaN, NaN, NaN, NaN]
    expect(seen(make.delta([], []))).toEqual(['delta', true, noTrade, nothing, [], NaN])
    expect(seen(make.order('add', 9, 'bid', 10, 2))).toEqual(['order', true, noTrade, nothing, [], NaN])
    expect(seen(make.order('fill', 9, 'bid', 10, 2))).toEqual(['order', true, [1000, -2, 2, 'regular'], nothing, [], NaN])
    expect(seen(make.trade(10, 3, 'sell'))).toEqual(['trade', true, [1000, -3, 3, 'regular'], nothing, [], NaN])
    expect(tracker.counts.ignored).toBe(3)

    const whole = make.snapshot([[10, 5], [9.99, 4]], [[10.02, 7], [10.03, 1]], [{ orderId: 1, side: 'bid', price: 10, size: 2 }])
    expect(seen(whole)).toEqual(['snapshot', true, noTrade, [1000, 5, 1002, 7], ['1 1000: 0 to 5, snapshot', '1 999: 0 to 4, snapshot', '-1 1002: 0 to 7, snapshot', '-1 1003: 0 to 1, snapshot'], NaN])
    expect([tracker.book.bidKnownDepth, tracker.book.askKnownDepth, tracker.changes.shallowest]).toEqual([2, 2, 0])

    const best = [1000, 5, 1002, 7]
    expect(seen(make.trade(10.02, 3))).toEqual(['trade', true, [1002, 3, 3, 'regular'], best, [], NaN])
    expect(seen(make.trade(10.005, 2, 'sell', 'hidden'))).toEqual(['trade', true, [1000.5, -2, 2, 'hidden'], best, [], NaN])
    expect(seen(make.trade(10.01, 4, 'unknown', 'cross'))).toEqual(['trade', true, [1001, NaN, 4, 'cross'], best, [], NaN])
    expect(seen(make.trade(10.01, 6, 'buy', 'off-book'))).toEqual(['trade', true, [1001, 6, 6, 'off-book'], best, [], NaN])

    // Three lots of nobody known stand ahead of order 1, and all five ahead of order 2.
    expect(seen(make.order('add', 2, 'bid', 10, 3))).toEqual(['order', true, noTrade, [1000, 8, 1002, 7], ['1 1000: 5 to 8, add'], NaN])
    expect(seen(make.order('reduce', 2, 'bid', 10, 1))).toEqual(['order', true, noTrade, [1000, 7, 1002, 7], ['1 1000: 8 to 7, cancel'], 5])
    expect(seen(make.order('fill', 1, 'bid', 10, 2))).toEqual(['order', true, [1000, -2, 2, 'regular'], best, ['1 1000: 7 to 5, fill'], 3])
    expect(seen(make.order('fill', 77, 'ask', 10.02, 6))).toEqual(['order', true, [1002, 6, 6, 'regular'], [1000, 5, 1002, 1], ['-1 1002: 7 to 1, fill'], NaN])
    expect(seen(make.order('replace', 2, 'bid', 9.99, 6))).toEqual(['order', true, noTrade, [1000, 3, 1002, 1], ['1 1000: 5 to 3, replace', '1 999: 4 to 10, replace'], 3])
    expect(seen(make.order('remove', 2, 'bid', 9.99, 6))).toEqual(['order', true, noTrade, [1000, 3, 1002, 1], ['1 999: 10 to 4, cancel'], 4])
    expect(seen(make.order('add', 3, 'ask', 10.01, 5, { bids: [], asks: [[10.03, 0]] }))).toEqual(['order', true, noTrade, [1000, 3, 1001, 5], ['-1 1001: 0 to 5, add', '-1 1003: 1 to 0, scroll'], NaN])
    expect(seen(make.delta([[9.98, 9]], [], 'scroll'))).toEqual(['delta', true, noTrade, [1000, 3, 1001, 5], ['1 998: 0 to 9, scroll'], NaN])
    expect(seen(make.delta([[10, 1]], [[10.01, 2]]))).toEqual(['delta', true, noTrade, [1000, 1, 1001, 2], ['1 1000: 3 to 1, set', '-1 1001: 5 to 2, set'], NaN])
    expect(seen(make.delta([], []))).toEqual(['delta', true, noTrade, [1000, 1, 1001, 2], [], NaN])
    expect(seen(make.delta([[10.01, 1]], []))).toEqual(['delta', true, noTrade, [1001, 1, 1001, 2], ['1 1001: 0 to 1, set'], NaN])
    expect(seen(make.status('halted'))).toEqual(['status', false, noTrade, [1001, 1, 1001, 2], [], NaN])
    expect(tracker.counts).toEqual({ ignored: 3, crossed: 1, scrolledIn: 1, faults: 0, unseenOrders: 1, forgottenOrders: 0, inconsistentOrders: 1 })
    expect(tracker.ordinal).toBe(21)
  })

  it.each([0, 1, 2, 3, 4, 5, 6])('waits for a snapshot after an order that cannot be, and takes it where it can: %i', (n) => {
    const make = session()
    const tracker = new BookTracker(equity)
    apply(tracker, make.snapshot([[10, 5]], [[10.02, 7]]))
    const orders = [
      make.order('add', 1, 'bid', 10, 0), make.order('add', 1, 'bid', 10, 1.5), make.order('add', 1, 'bid', 10.005, 1), make.order('add', 1, 'bid', 10, NaN),
      make.order('remove', 1, 'bid', 10, 6), make.order('replace', 1, 'bid', 10, 2), make.order('reduce', 1, 'ask', 10, 1),
    ]
    apply(tracker, orders[n]!)
    expect([tracker.book.synced, tracker.counts.faults, tracker.bookEpoch, tracker.tradesEpoch, tracker.windowEpoch, tracker.changes.length, tracker.changes.shallowest]).toEqual([false, 1, 1, 0, 1, 0, 0])
    apply(tracker, make.snapshot([[10, 5]], []))
    expect(bestOf(tracker)).toEqual([1000, 5, NaN, 0])
  })

  it('takes as the end of what is known an infinitely far level of no lots on its own side, and nothing like it', () => {
    const make = session()
    const scrolls: readonly (readonly [bids: [number, number][], asks: [number, number][], faults: number])[] = [
      [[[-Infinity, 0]], [], 0], [[], [[Infinity, 0]], 0], [[[Infinity, 0]], [], 1], [[], [[-Infinity, 0]], 1], [[[-Infinity, 2]], [], 1], [[[NaN, 0]], [], 1], [[[9.985, 0]], [], 1], [[[9.98, -1]], [], 1],
    ]
    for (const [bids, asks, faults] of scrolls) {
      const tracker = new BookTracker(equity, 1)
      apply(tracker, make.snapshot([[10, 5]], [[10.02, 7]]))
      apply(tracker, make.delta(bids, asks, 'scroll'))
      expect([tracker.counts.faults, tracker.counts.scrolledIn], `${bids.join()} ${asks.join()}`).toEqual([faults, 0])
      if (faults === 0) expect([tracker.book.bidKnownDepth, tracker.book.askKnownDepth, tracker.changes.length, tracker.changes.shallowest]).toEqual([bids.length > 0 ? Infinity : 1, asks.length > 0 ? Infinity : 1, 0, 1])
    }
    const tracker = new BookTracker(equity, 1)
    apply(tracker, make.snapshot([[10, 5]], [[10.02, 7]]))
    apply(tracker, make.delta([[-Infinity, 0]], []))
    expect(tracker.counts.faults).toBe(1)
  })

  it('takes the end of what is known from a snapshot too, after its levels', () => {
    const make = session()
    const tracker = new BookTracker(equity, 2)
    apply(tracker, { ...make.snapshot([[10, 5], [9.99, 4]], [[10.02, 7], [10.03, 1]]), scrolled: { bids: [[-Infinity, 0]], asks: [[10.03, 0]] } } as MarketEvent)
    expect([tracker.book.bidKnownDepth, tracker.book.askKnownDepth, tracker.book.askDepth]).toEqual([Infinity, 1, 1])
  })

  it('lets the total decide where orders and levels tell of different lots, and counts it', () => {
    const make = session()
    const tracker = new BookTracker(equity, 2)
    const orders = [{ orderId: 0, side: 'bid', price: 10, size: 2 }, { orderId: 1, side: 'bid', price: 10, size: 3 }, { orderId: 2, side: 'ask', price: 10.02, size: 4 }] as const
    const place = (id: number) => {
      const found = tracker.orders!.queuePosition(id)
      return found && [found.lotsAhead, found.ordersAhead]
    }
    const step = (event: MarketEvent) => {
      apply(tracker, event)
      const { unseenOrders, forgottenOrders, inconsistentOrders, faults } = tracker.counts
      return [unseenOrders, forgottenOrders, inconsistentOrders, faults, tracker.book.bidLots(0)]
    }
    // Five lots in orders at a level of four: the oldest gives one.
    expect(step(make.snapshot([[10, 4], [9.99, 9]], [[10.02, 7]], [...orders]))).toEqual([0, 0, 1, 0, 4])
    expect([place(0), place(1), place(2), place(7)]).toEqual([[0, 0], [1, 1], [3, 0], undefined])
    // A fill of more than the order has left takes what it has.
    expect(step(make.order('fill', 0, 'bid', 10, 2))).toEqual([0, 0, 2, 0, 3])
    expect(place(0)).toBe(undefined)
    // An order that is added again leaves its old place.
    expect(step(make.order('add', 1, 'bid', 10, 6))).toEqual([0, 0, 3, 0, 6])
    expect(step(make.order('add', 3, 'bid', 10, 1))).toEqual([0, 0, 3, 0, 7])
    // A total from outside: the same is no news, a smaller one takes from the oldest, none takes all.
    expect(step(make.delta([[10, 7]], []))).toEqual([0, 0, 3, 0, 7])
    expect(step(make.delta([[10, 3]], []))).toEqual([0, 0, 4, 0, 3])
    expect([place(1), place(3)]).toEqual([[0, 0], [2, 1]])
    expect(step(make.delta([[9.99, 0]], []))).toEqual([0, 0, 4, 0, 3])
    expect(step(make.delta([[10, 0], [9.98, 5]], []))).toEqual([0, 0, 5, 0, NaN])
    expect(place(1)).toBe(undefined)
  })

  it('remembers orders whose level went out of view as seen, whatever becomes of them', () => {
    const make = session()
    const begin = () => {
      const tracker = new BookTracker(equity, 2)
      apply(tracker, make.snapshot([[10, 4], [9.99, 9]], [[10.02, 7]], [{ orderId: 0, side: 'bid', price: 9.99, size: 3 }, { orderId: 1, side: 'bid', price: 9.99, size: 2 }]))
      apply(tracker, make.order('add', 5, 'bid', 10.01, 1, { bids: [[9.99, 0]], asks: [] }))
      expect([tracker.counts.forgottenOrders, tracker.orders!.queuePosition(0), tracker.orders!.queuePosition(1)]).toEqual([2, undefined, undefined])
      apply(tracker, make.delta([[9.99, 9]], [], 'scroll'))
      return tracker
    }
    const after = (event: MarketEvent) => {
      const tracker = begin()
      apply(tracker, event)
      return [tracker.counts.unseenOrders, tracker.counts.inconsistentOrders, tracker.counts.faults, tracker.book.bidLots(2)]
    }
    expect(after(make.order('reduce', 0, 'bid', 9.99, 1))).toEqual([0, 0, 0, 8])
    expect(after(make.order('remove', 0, 'bid', 9.99, 3))).toEqual([0, 0, 0, 6])
    expect(after(make.order('remove', 8, 'bid', 9.99, 3))).toEqual([1, 0, 0, 6])
    // Nobody knows where it stood: it cannot be replaced. It can come again.
    expect(after(make.order('replace', 0, 'bid', 9.99, 3)).slice(0, 3)).toEqual([0, 0, 1])
    expect(after(make.order('add', 0, 'bid', 9.99, 3))).toEqual([0, 0, 0, 12])
    // Removed once it is gone: another change to it is one to an order never seen. Reduced it is still remembered.
    const [removed, reduced] = [begin(), begin()]
    for (const [tracker, action] of [[removed, 'remove'], [reduced, 'reduce']] as const) {
      apply(tracker, make.order(action, 0, 'bid', 9.99, 1))
      apply(tracker, make.order('reduce', 0, 'bid', 9.99, 1))
    }
    expect([removed.counts.unseenOrders, reduced.counts.unseenOrders]).toEqual([1, 0])
  })

  it('forgets the worst of more than ten thousand levels beyond what is known, and none of a book by order', () => {
    const make = session()
    const deep = make.delta(Array.from({ length: 10_004 }, (_, n): [number, number] => [(20_000 + n) / 100, 1]), [])
    const tracker = new BookTracker(equity, 1)
    apply(tracker, make.snapshot([[500, 5]], [[500.01, 1]]))
    apply(tracker, deep)
    expect([tracker.book.bidDepth, tracker.book.bidKnownDepth, tracker.book.bids.lotsAt(20_004), tracker.book.bids.lotsAt(20_005)]).toEqual([10_000, 1, 0, 1])
    const byOrder = new BookTracker(equity, 1)
    apply(byOrder, make.snapshot([[500, 5]], [[500.01, 1]], [{ orderId: 1, side: 'bid', price: 500, size: 5 }]))
    apply(byOrder, deep)
    expect(byOrder.book.bidDepth).toBe(10_005)
  })

  it('keeps a snapshot whole however many levels it has, with orders or without', () => {
    const make = session()
    const bids = Array.from({ length: 12_000 }, (_, n): [number, number] => [(50_000 - n) / 100, n + 1])
    const orders = bids.map(([price, size], n): RestingOrder => ({ orderId: n, side: 'bid', price, size }))
    for (const event of [make.snapshot(bids, [[500.01, 1]]), make.snapshot(bids, [[500.01, 1]], orders)]) {
      const tracker = new BookTracker(equity)
      apply(tracker, event)
      const { book, counts } = tracker
      expect([book.bidDepth, book.bidTicks(11_999), book.bidLots(11_999), book.bidLots(12_000), counts.inconsistentOrders, counts.faults]).toEqual([12_000, 38_001, 12_000, 0, 0, 0])
      expect(Array.from({ length: 12_000 }, (_, level) => book.bidLots(level))).toEqual(bids.map(([, size]) => size))
    }
    const windowed = new BookTracker(equity, 12_000)
    apply(windowed, make.snapshot(bids, [[500.01, 1]]))
    expect([windowed.book.bidDepth, windowed.book.bidKnownDepth, windowed.book.bidLots(12_000)]).toEqual([12_000, 12_000, NaN])
  })

  it('forgets the queues with the book', () => {
    const make = session()
    const tracker = new BookTracker(equity)
    apply(tracker, make.snapshot([[10, 5]], [], [{ orderId: 1, side: 'bid', price: 10, size: 5 }]))
    apply(tracker, make.status('gap', 'book'))
    apply(tracker, make.snapshot([[10, 4]], [[10.02, 1]]))
    expect([tracker.orders!.queuePosition(1), tracker.orders!.anonymousLots(1, 1000)]).toEqual([undefined, 4])
  })

  it('heeds each status as it acts on states: gaps start those of their channel again, pauses only void windows', () => {
    const restarts: readonly StatusName[] = ['disconnected', 'gap', 'stale', 'dropped', 'session']
    const pauses: readonly StatusName[] = ['halted', 'resumed', 'ended']
    for (const status of statusNames) {
      for (const channel of ['book', 'trades', 'all'] as const satisfies readonly Channel[]) {
        const make = session()
        const tracker = new BookTracker(equity)
        apply(tracker, make.snapshot([[10, 5]], [[10.02, 7]]))
        apply(tracker, { ...make.status('gap', channel), status } as MarketEvent)
        const book = restarts.includes(status) && channel !== 'trades' ? 1 : 0
        const trades = restarts.includes(status) && channel !== 'book' ? 1 : 0
        const window = restarts.includes(status) || pauses.includes(status) ? 1 : 0
        expect([tracker.bookEpoch, tracker.tradesEpoch, tracker.windowEpoch, tracker.book.synced, tracker.changes.shallowest], `${status} of ${channel}`).toEqual([book, trades, window, book === 0, book === 1 ? 0 : Infinity])
      }
    }
  })
})

describe('a new tracker', () => {
  it('has seen nothing', () => {
    const tracker = new BookTracker(equity)
    expect([tracker.kind, tracker.ordinal, tracker.ticked, tracker.levels, tracker.orders, tracker.orderLotsAhead]).toEqual(['instrument', 0, false, Infinity, undefined, NaN])
    expect([tracker.bookEpoch, tracker.tradesEpoch, tracker.windowEpoch, tracker.book.synced, tracker.book.crossed, tracker.changes.length]).toEqual([0, 0, 0, false, false, 0])
  })

  it('starts all states again where the instrument is another', () => {
    const tracker = new BookTracker(equity)
    tracker.apply(session().snapshot([[10, 5]], [], [{ orderId: 1, side: 'bid', price: 10, size: 5 }]))
    tracker.apply(session({ ...equity, lotSize: 10 }).instrument())
    expect([tracker.bookEpoch, tracker.tradesEpoch, tracker.windowEpoch, tracker.orders, tracker.book.lotSize, tracker.ticked]).toEqual([1, 1, 1, undefined, 10, false])
    // The same again under another object is no change, and neither is a first depth after a source of trades alone.
    tracker.apply(session({ ...equity, lotSize: 10 }).instrument())
    expect(tracker.bookEpoch).toBe(1)
  })
})
