import { BookTracker, StagedBook, type BookSnapshot, type MarketEvent, type PriceLevel, type RestingOrder, type Side } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { equity, session } from '../session.js'

/** Everything that can be read of a tracker. */
function all(tracker: BookTracker) {
  const { book, changes, counts, orders, ticked, kind, bookEpoch } = tracker
  const levels = (depth: number, ticks: (n: number) => number, lots: (n: number) => number) => Array.from({ length: depth + 2 }, (_, n) => [ticks(n), lots(n)])
  return {
    ticked, kind, bookEpoch, counts: { ...counts }, synced: book.synced, crossed: book.crossed, known: [book.bidKnownDepth, book.askKnownDepth],
    bids: levels(book.bidDepth, (n) => book.bidTicks(n), (n) => book.bidLots(n)),
    asks: levels(book.askDepth, (n) => book.askTicks(n), (n) => book.askLots(n)),
    shallowest: changes.shallowest,
    changes: Array.from({ length: changes.length }, (_, row) => [changes.side(row), changes.ticks(row), changes.lotsBefore(row), changes.lotsAfter(row), changes.cause(row)]),
    queues: orders && Array.from({ length: 40 }, (_, id) => orders.queuePosition(id)),
  }
}

function staged(event: MarketEvent, rows: number): StagedBook {
  const built = new StagedBook(equity, event as BookSnapshot)
  while (built.take(rows));
  return built
}

const price = fc.integer({ min: 900, max: 960 }).map((ticks) => ticks / 100)
/** Mostly on the grid. */
const size = fc.oneof({ weight: 60, arbitrary: fc.integer({ min: 0, max: 9 }) }, { weight: 1, arbitrary: fc.constant(1.5) })
const side = fc.constantFrom<Side>('bid', 'ask')
const levels = fc.array(fc.tuple(price, size), { maxLength: 30 }) as fc.Arbitrary<PriceLevel[]>
const orders = fc.array(fc.record({ orderId: fc.integer({ min: 0, max: 39 }), side, price, size: fc.integer({ min: 1, max: 9 }) }), { maxLength: 30 })
const make = session()
const snapshot = fc.tuple(levels, levels, fc.option(orders, { nil: undefined })).map(([bids, asks, resting]) => make.snapshot(bids as [number, number][], asks as [number, number][], resting))
const other = fc.oneof(
  fc.tuple(levels, levels).map(([bids, asks]) => make.delta(bids as [number, number][], asks as [number, number][])),
  fc.tuple(fc.constantFrom('add', 'reduce', 'remove', 'fill', 'replace'), fc.integer({ min: 0, max: 39 }), side, price, fc.integer({ min: 1, max: 9 })).map((order) => make.order(...order)),
  fc.constant(make.status('gap', 'book')),
)

describe('StagedBook', () => {
  it('is taken over as the snapshot is applied: the same book, changes, queues and counts then and later', () => {
    fc.assert(fc.property(fc.array(other, { maxLength: 5 }), fc.array(snapshot, { minLength: 1, maxLength: 3 }), fc.array(other, { maxLength: 10 }), fc.constantFrom(Infinity, 5), fc.integer({ min: 1, max: 20 }), (before, snapshots, after, shown, rows) => {
      const [plain, taking] = [new BookTracker(equity, shown), new BookTracker(equity, shown)]
      for (const event of [...before, ...snapshots, ...after]) {
        plain.apply(event)
        taking.apply(event, event.kind === 'snapshot' ? staged(event, rows) : undefined)
        expect(all(taking)).toEqual(all(plain))
      }
    }), { numRuns: 400 })
  })

  it('leaves the tracker alone until it is taken over, and is used once', () => {
    const tracker = new BookTracker(equity)
    tracker.apply(make.snapshot([[9, 1]], [[9.01, 1]]))
    const next = make.snapshot([[9.2, 5], [9.19, 4]], [[9.21, 1]], [{ orderId: 1, side: 'bid', price: 9.2, size: 5 }])
    const before = all(tracker)
    const built = staged(next, 1)
    expect(all(tracker)).toEqual(before)
    tracker.apply(next, built)
    expect([tracker.book === built.book, built.used]).toEqual([true, true])
    const another = new BookTracker(equity)
    another.apply(next, built)
    expect(another.book).not.toBe(built.book)
    expect(another.book.bidLots(0)).toBe(5)
  })

  it('is passed over where it is of another event, of another grid, or not whole', () => {
    const [first, second] = [make.snapshot([[9, 1]], []), make.snapshot([[9, 2]], [])] as [BookSnapshot, BookSnapshot]
    expect(staged(first, 9).holds(second, equity)).toBe(false)
    expect(staged(first, 9).holds(first, { ...equity, tickSize: 0.001 })).toBe(false)
    expect(new StagedBook(equity, first).holds(first, equity)).toBe(false)
    expect(staged(first, 9).holds(first, equity)).toBe(true)
    const resting: readonly RestingOrder[] = [{ orderId: 1, side: 'bid', price: 9, size: 0 }]
    expect(staged({ ...first, orders: resting }, 9).holds({ ...first, orders: resting }, equity)).toBe(false)
  })
})
