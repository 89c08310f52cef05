import { batchToEvents, eventsToBatch, instrumentEvent, type MarketEvent } from '@rxlob/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonical, batchesByInstrument, madeStream } from '../made-sources.js'
import { equity, session } from '../session.js'

const roundTrip = (events: readonly MarketEvent[]): MarketEvent[] => batchesByInstrument(events, 7).flat().flatMap((batch) => [...batchToEvents(batch)])

describe('batchToEvents', () => {
  it('gives back the events of a batch, trade ids and text keys apart', () => {
    fc.assert(
      fc.property(madeStream({ events: 400 }), (events) => {
        expect(roundTrip(events)).toEqual(events.filter(({ kind }) => kind !== 'instrument').map(canonical))
      }),
      { numRuns: 60 },
    )
  })

  it.each<[string, (make: ReturnType<typeof session>) => object]>([
    ['an empty snapshot', (make) => make.snapshot([], [])],
    ['a snapshot of orders', (make) => make.snapshot([[10, 7]], [[10.01, 2]], [{ orderId: 2 ** 53 - 1, side: 'bid', price: 10, size: 4 }, { orderId: 0, side: 'ask', price: 10.01, size: 2 }])],
    ['a snapshot that says where its knowledge ends', (make) => ({ ...make.snapshot([[10, 7]], [[10.01, 2]], [{ orderId: 1, side: 'ask', price: 10.01, size: 2 }]), scrolled: { bids: [[-Infinity, 0]], asks: [[10.05, 0]] } })],
    ['a snapshot without levels that says where its knowledge ends', (make) => ({ ...make.snapshot([], []), scrolled: { bids: [[9.5, 0]], asks: [] } })],
    ['a delta', (make) => make.delta([[10, 5], [9.99, 0]], [[10.02, 1]])],
    ['a delta that touches no level', (make) => make.delta([], [])],
    ['a scroll that touches no level', (make) => make.delta([], [], 'scroll')],
    ['a scroll', (make) => make.delta([[9.9, 0], [-Infinity, 0]], [[10.2, 3], [Infinity, 0]], 'scroll')],
    ['an order that scrolls levels', (make) => make.order('fill', 4, 'ask', 10.01, 3, { bids: [[9.8, 2]], asks: [[Infinity, 0]] })],
    ['a trade between ticks', (make) => make.trade(10.005, 3, 'unknown', 'hidden')],
    ['an opening cross', (make) => make.trade(10, 12_000, 'unknown', 'cross')],
    ['a status with all it can say', (make) => ({ ...make.status('gap', 'book', 'socket'), fromSeq: 5, toSeq: 9, count: 5 })],
    ['a status that says nothing more', (make) => make.status('halted')],
    ['0 nanoseconds', (make) => ({ ...make.delta([[10, 5]], []), nanos: 0 })],
    ['999 nanoseconds and a sequence number', (make) => ({ ...make.trade(10, 1), nanos: 999, seq: 0 })],
  ])('gives back %s', (_, makeOne) => {
    const make = session()
    const event = makeOne(make) as MarketEvent
    expect(roundTrip([make.instrument(), event])).toEqual([event])
  })

  it.each([0.01, 0.0001, 0.25, 0.5, 5, 100, 0.0005])('gives back every print between ticks of %d, to the hundredth', (tickSize) => {
    const make = session({ ...equity, tickSize })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20_000_000 }), (hundredths) => {
        const event = make.trade(Number(((hundredths / 100) * tickSize).toFixed(8)), 1, 'buy', 'hidden')
        expect(roundTrip([make.instrument(), event])).toEqual([event])
      }),
      { numRuns: 500 },
    )
  })

  it('gives an order without an id where the batch keeps none the id 0', () => {
    const make = session()
    const gatherer = eventsToBatch(make.instrument() as never)
    gatherer.push(make.order('add', 7, 'bid', 10, 1) as never)
    const { orderId: _, ...batch } = gatherer.take()
    expect([...batchToEvents(batch)]).toMatchObject([{ kind: 'order', orderId: 0 }])
  })
})

describe('instrumentEvent', () => {
  it('says what the batch knows of its instrument, at the time of its first row', () => {
    const make = session(equity, 10)
    const opening = make.instrument()
    const first = make.delta([[10, 1]], [])
    const [[batch]] = batchesByInstrument([opening, first], 5) as [[never]]
    expect(instrumentEvent(batch)).toEqual({ ...opening, tsExchange: first.tsExchange, tsLocal: first.tsLocal })
  })
})
