import { BookTracker, type Tick } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frozenTick } from '../../src/book/frozen-tick.js'
import { madeStream } from '../made-sources.js'
import { equity, session } from '../session.js'

/** All that can be read of a tick, down to a depth. */
const readOf = ({ book, changes, ...tick }: Tick, depth: number) => ({
  kind: tick.kind, ordinal: tick.ordinal, instrument: tick.instrument, tsExchange: tick.tsExchange, tsLocal: tick.tsLocal,
  trade: [tick.tradeTicks, tick.tradeLots, tick.tradeSize, tick.tradePrint],
  orderLotsAhead: tick.orderLotsAhead,
  book: [book.tickSize, book.lotSize, book.synced, book.crossed, book.bidDepth, book.askDepth, Math.min(depth, book.bidKnownDepth), Math.min(depth, book.askKnownDepth)],
  levels: Array.from({ length: depth }, (_, level) => [book.bidTicks(level), book.bidLots(level), book.askTicks(level), book.askLots(level)]),
  shallowest: changes.shallowest,
  changes: Array.from({ length: changes.length }, (_, row) => [changes.side(row), changes.ticks(row), changes.lotsBefore(row), changes.lotsAfter(row), changes.cause(row)]),
})

const live = (tracker: BookTracker): Tick => ({
  kind: tracker.kind, ordinal: tracker.ordinal, instrument: tracker.instrument, tsExchange: tracker.tsExchange, tsLocal: tracker.tsLocal, book: tracker.book, changes: tracker.changes,
  tradeTicks: tracker.tradeTicks, tradeLots: tracker.tradeLots, tradeSize: tracker.tradeSize, tradePrint: tracker.tradePrint, orderLotsAhead: tracker.orderLotsAhead,
})

describe('frozenTick', () => {
  it('reads, after all later events, as the tracker read then', () => {
    fc.assert(
      fc.property(madeStream({ events: 200 }), fc.integer({ min: 1, max: 12 }), (events, depth) => {
        const [opening] = events
        if (opening?.kind !== 'instrument') throw new Error('an instrument comes first')
        const tracker = new BookTracker(opening.definition, opening.levels)
        const kept = events.map((event) => {
          tracker.apply(event)
          const { bookEpoch, tradesEpoch } = tracker
          return { atOnce: { ...readOf(live(tracker), depth), bookEpoch, tradesEpoch }, tick: frozenTick(tracker, depth) }
        })
        for (const { atOnce, tick } of kept) expect({ ...readOf(tick, depth), bookEpoch: tick.bookEpoch, tradesEpoch: tick.tradesEpoch }).toEqual(atOnce)
      }),
      { numRuns: 40 },
    )
  })

  it('keeps levels, changes and the trade of its event', () => {
    const make = session()
    const tracker = new BookTracker(equity)
    tracker.apply(make.snapshot([[10, 5], [9.99, 4]], [[10.02, 7], [10.03, 2]], [{ orderId: 1, side: 'bid', price: 10, size: 2 }]))
    tracker.apply(make.order('fill', 1, 'bid', 10, 2, { bids: [[9.98, 8]], asks: [] }))
    const tick = frozenTick(tracker, 2)
    tracker.apply(make.delta([[9, 1], [8, 1]], [[10.01, 1]]))
    expect([tick.kind, tick.ordinal, tick.tradeTicks, tick.tradeLots, tick.tradeSize, tick.tradePrint, tick.orderLotsAhead]).toEqual(['order', 2, 1000, -2, 2, 'regular', 3])
    const { book, changes } = tick
    expect([0, 1, 2].map((level) => [book.bidTicks(level), book.bidLots(level), book.askTicks(level), book.askLots(level)])).toEqual([[1000, 3, 1002, 7], [999, 4, 1003, 2], [NaN, NaN, NaN, NaN]])
    expect([book.bidDepth, book.askDepth, book.bidKnownDepth, book.askKnownDepth, changes.length, changes.shallowest]).toEqual([3, 2, 2, 2, 2, 0])
    expect([0, 1].map((row) => [changes.side(row), changes.ticks(row), changes.lotsBefore(row), changes.lotsAfter(row), changes.cause(row)])).toEqual([[1, 1000, 5, 3, 'fill'], [1, 998, 0, 8, 'scroll']])
  })

  it('knows nothing of levels beyond its copy', () => {
    const tracker = new BookTracker(equity)
    tracker.apply(session().snapshot([[10, 5], [9.99, 4]], [[10.02, 7]]))
    const { book } = frozenTick(tracker, 1)
    expect([book.bidDepth, book.bidKnownDepth, book.bidTicks(1), book.bidLots(1), book.askLots(1)]).toEqual([2, 1, NaN, NaN, NaN])
    expect([frozenTick(tracker, 2).book.askTicks(1), frozenTick(tracker, 2).book.askLots(1)]).toEqual([NaN, 0])
  })
})
