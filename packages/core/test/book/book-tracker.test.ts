import { BookTracker } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { equity, session } from '../session.js'

const levelsOf = (tracker: BookTracker, depth: number) => ({
  bids: Array.from({ length: depth }, (_, level) => [tracker.book.bidTicks(level), tracker.book.bidLots(level)]),
  asks: Array.from({ length: depth }, (_, level) => [tracker.book.askTicks(level), tracker.book.askLots(level)]),
})

const changesOf = ({ changes }: BookTracker) =>
  Array.from({ length: changes.length }, (_, row) => [changes.side(row), changes.ticks(row), changes.lotsBefore(row), changes.lotsAfter(row), changes.cause(row)])

describe('BookTracker', () => {
  it('knows nothing before the first snapshot, and counts what it passes over', () => {
    const make = session()
    const tracker = new BookTracker(equity)
    expect(tracker.apply(make.delta([[10, 5]], []))).toBe(true)
    expect(tracker.book.synced).toBe(false)
    expect(tracker.counts.ignored).toBe(1)
    expect(tracker.book.bidLots(0)).toBeNaN()
  })

  it('reads absent levels as NaN ticks and 0 lots where the whole side is known', () => {
    const make = session()
    const tracker = new BookTracker(equity)
    tracker.apply(make.snapshot([[10, 5]], [[10.02, 7], [10.05, 1]]))
    expect(levelsOf(tracker, 2)).toEqual({ bids: [[1000, 5], [NaN, 0]], asks: [[1002, 7], [1005, 1]] })
    expect(tracker.book.bidKnownDepth).toBe(Infinity)
  })

  it('reads levels beyond the snapshot of a window as unknown, and forgets depth as levels go', () => {
    const make = session()
    const tracker = new BookTracker(equity, 2)
    tracker.apply(make.snapshot([[10, 5], [9.99, 4]], [[10.02, 7]]))
    expect(tracker.book.bidKnownDepth).toBe(2)
    expect(tracker.book.askKnownDepth).toBe(Infinity)
    expect(tracker.book.bidLots(2)).toBeNaN()
    expect(tracker.book.askLots(1)).toBe(0)
    tracker.apply(make.delta([[10, 0], [9.9, 3]], []))
    expect(levelsOf(tracker, 2).bids).toEqual([[999, 4], [NaN, NaN]])
    expect(tracker.book.bidDepth).toBe(2)
  })

  it('takes a level that scrolls into view as known and one that leaves as unknown', () => {
    const make = session()
    const tracker = new BookTracker(equity, 2)
    tracker.apply(make.snapshot([[10, 5], [9.99, 4]], [[10.02, 7], [10.03, 1]]))
    tracker.apply(make.order('add', 1, 'bid', 10.01, 3, { bids: [[9.99, 0]], asks: [] }))
    expect(levelsOf(tracker, 3).bids).toEqual([[1001, 3], [1000, 5], [NaN, NaN]])
    expect(changesOf(tracker)).toEqual([[1, 1001, 0, 3, 'add'], [1, 999, 4, 0, 'scroll']])
    tracker.apply(make.order('remove', 1, 'bid', 10.01, 3, { bids: [[9.98, 9]], asks: [] }))
    expect(levelsOf(tracker, 2).bids).toEqual([[1000, 5], [998, 9]])
    expect(changesOf(tracker)).toEqual([[1, 1001, 3, 0, 'cancel'], [1, 998, 0, 9, 'scroll']])
    expect(tracker.counts.scrolledIn).toBe(1)
    tracker.apply(make.order('fill', 7, 'bid', 9.98, 9, { bids: [[-Infinity, 0]], asks: [] }))
    expect(levelsOf(tracker, 2).bids).toEqual([[1000, 5], [NaN, 0]])
    expect(tracker.book.bidKnownDepth).toBe(Infinity)
  })

  it('keeps the queue of a price first in, first out, with anonymous quantity ahead of all', () => {
    const make = session()
    const tracker = new BookTracker(equity)
    tracker.apply(make.snapshot([[10, 9]], [[10.02, 7]], [{ orderId: 1, side: 'bid', price: 10, size: 4 }]))
    tracker.apply(make.order('add', 2, 'bid', 10, 6))
    const { orders } = tracker
    expect(orders!.anonymousLots(1, 1000)).toBe(5)
    expect(orders!.queuePosition(1)).toEqual({ lotsAhead: 5, ordersAhead: 0 })
    expect(orders!.queuePosition(2)).toEqual({ lotsAhead: 9, ordersAhead: 1 })
    tracker.apply(make.order('fill', 99, 'bid', 10, 2))
    expect(tracker.tradeLots).toBe(-2)
    expect(orders!.queuePosition(2)).toEqual({ lotsAhead: 7, ordersAhead: 1 })
    tracker.apply(make.order('reduce', 1, 'bid', 10, 1))
    expect(orders!.queuePosition(2)).toEqual({ lotsAhead: 6, ordersAhead: 1 })
    tracker.apply(make.order('replace', 1, 'bid', 10, 3))
    expect(orders!.queuePosition(1)).toEqual({ lotsAhead: 9, ordersAhead: 1 })
    expect(orders!.queuePosition(2)).toEqual({ lotsAhead: 3, ordersAhead: 0 })
    expect(tracker.counts.unseenOrders).toBe(1)
    expect(tracker.book.bidLots(0)).toBe(12)
  })

  it('waits for a snapshot where a level would become negative, and starts states again', () => {
    const make = session()
    const tracker = new BookTracker(equity)
    tracker.apply(make.snapshot([[10, 9]], [[10.02, 7]]))
    const { bookEpoch } = tracker
    tracker.apply(make.order('remove', 5, 'bid', 10, 10))
    expect(tracker.counts.faults).toBe(1)
    expect(tracker.book.synced).toBe(false)
    expect(tracker.bookEpoch).toBe(bookEpoch + 1)
    tracker.apply(make.snapshot([[10, 9]], [[10.02, 7]]))
    expect(tracker.book.synced).toBe(true)
  })

  it.each([['a price between ticks', 10.005, 1], ['a size between lots', 10, 1.5], ['a negative size', 10, -1], ['a size that is no number', 10, NaN]])('waits for a snapshot after %s', (_, price, size) => {
    const make = session()
    const tracker = new BookTracker(equity)
    tracker.apply(make.snapshot([[10, 9]], [[10.02, 7]]))
    tracker.apply(make.delta([[price, size]], []))
    expect(tracker.counts.faults).toBe(1)
    expect(tracker.book.bidLots(0)).toBeNaN()
  })

  it('shows a crossed book as crossed, and counts it', () => {
    const make = session()
    const tracker = new BookTracker(equity)
    tracker.apply(make.snapshot([[10, 9]], [[10.02, 7]]))
    tracker.apply(make.delta([[10.02, 1]], []))
    expect(tracker.book.crossed).toBe(true)
    expect(tracker.counts.crossed).toBe(1)
    tracker.apply(make.delta([], [[10.02, 0]]))
    expect(tracker.book.crossed).toBe(false)
  })

  it('keeps the trades channel apart from the book channel', () => {
    const make = session()
    const tracker = new BookTracker(equity)
    tracker.apply(make.snapshot([[10, 9]], [[10.02, 7]]))
    tracker.apply(make.status('gap', 'trades'))
    expect(tracker.book.synced).toBe(true)
    expect([tracker.bookEpoch, tracker.tradesEpoch]).toEqual([0, 1])
    tracker.apply(make.status('session'))
    expect(tracker.book.synced).toBe(false)
    expect([tracker.bookEpoch, tracker.tradesEpoch]).toEqual([1, 2])
    const { windowEpoch } = tracker
    tracker.apply(make.status('halted'))
    expect(tracker.windowEpoch).toBe(windowEpoch + 1)
  })

  it('starts again where the instrument changes, and not where it is said once more', () => {
    const make = session()
    const tracker = new BookTracker(equity)
    tracker.apply(make.snapshot([[10, 9]], [[10.02, 7]]))
    tracker.apply(make.instrument())
    expect(tracker.book.synced).toBe(true)
    tracker.apply(session({ ...equity, tickSize: 0.02 }).instrument())
    expect(tracker.book.synced).toBe(false)
    expect(tracker.book.tickSize).toBe(0.02)
  })

  it('forgets levels past ten thousand a side that lie beyond what is known, and answers inside it as a plain map does', () => {
    const make = session()
    const tracker = new BookTracker(equity, 5)
    const all = new Map<number, number>()
    tracker.apply(make.snapshot([[500, 5], [499.99, 4], [499.98, 4], [499.97, 4], [499.96, 4]], [[500.01, 1]]))
    // Bids far below the five that are known come and are never taken away; the best one goes on changing.
    for (let ticks = 49_995; ticks > 49_995 - 30_000; ticks--) {
      tracker.apply(make.delta([[ticks / 100, 1 + (ticks % 7)], [500, 1 + (ticks % 5)]], []))
      all.set(ticks, 1 + (ticks % 7))
      all.set(50_000, 1 + (ticks % 5))
    }
    expect(tracker.book.bidDepth).toBe(10_000)
    expect(tracker.book.bidKnownDepth).toBe(5)
    expect(tracker.book.bidLots(0)).toBe(all.get(50_000))
    expect(tracker.book.bidLots(5)).toBeNaN()
    // A side that is known whole keeps every level, however many.
    tracker.apply(make.delta([], Array.from({ length: 12_000 }, (_, level) => [500.02 + level / 100, 1])))
    expect(tracker.book.askDepth).toBe(12_001)
    expect(tracker.book.askLots(12_000)).toBe(1)
  })

  it('keeps the book where a source of trades alone defines the same instrument beside it, before it and after', () => {
    const make = session(equity, 5)
    const trades = session(equity, 0)
    const tracker = new BookTracker(equity, 0)
    tracker.apply(make.instrument())
    expect(tracker.levels).toBe(5)
    tracker.apply(make.snapshot([[10, 5]], [[10.02, 7]]))
    const { bookEpoch, tradesEpoch } = tracker
    tracker.apply(trades.instrument())
    tracker.apply(make.instrument())
    expect([tracker.book.synced, tracker.bookEpoch, tracker.tradesEpoch, tracker.levels]).toEqual([true, bookEpoch, tradesEpoch, 5])
    // Another depth is another book.
    tracker.apply(session(equity, 10).instrument())
    expect(tracker.book.synced).toBe(false)
  })
})
