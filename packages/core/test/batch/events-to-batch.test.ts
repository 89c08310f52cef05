import { eventsToBatch, Op, RowFlag, type EventBatch, type InstrumentEvent, type MarketEvent } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { session } from '../session.js'

const { last, sell, snapshot, scroll, hidden, unknownSide } = RowFlag

function rowsOf(event: (make: ReturnType<typeof session>) => MarketEvent): number[][] {
  const make = session()
  const gatherer = eventsToBatch(make.instrument() as InstrumentEvent)
  gatherer.push(event(make) as Exclude<MarketEvent, InstrumentEvent>)
  const { length, op, flags, ticks, lots, orderId }: EventBatch = gatherer.take()
  return Array.from({ length }, (_, row) => [op[row]!, flags[row]!, ticks[row]!, lots[row]!, orderId![row]!])
}

describe('eventsToBatch', () => {
  it('writes a snapshot as a clear, its levels, its orders and where its knowledge ends', () => {
    const event = (make: ReturnType<typeof session>) =>
      ({ ...make.snapshot([[10, 5], [9.99, 4]], [[10.02, 7]], [{ orderId: 31, side: 'ask', price: 10.02, size: 3 }]), scrolled: { bids: [[9.97, 0]], asks: [[Infinity, 0]] } }) as MarketEvent
    expect(rowsOf(event)).toEqual([
      [Op.clear, snapshot, 0, 0, 0],
      [Op.setBid, snapshot, 1000, 5, 0],
      [Op.setBid, snapshot, 999, 4, 0],
      [Op.setAsk, snapshot, 1002, 7, 0],
      [Op.add, snapshot | sell, 1002, 3, 31],
      [Op.setBid, snapshot | scroll, 997, 0, 0],
      [Op.setAsk, snapshot | scroll | last, Infinity, 0, 0],
    ])
  })

  it('writes a delta as its levels, an empty one as a row that says so', () => {
    expect(rowsOf((make) => make.delta([[10, 0]], [[10.02, 7]]))).toEqual([[Op.setBid, 0, 1000, 0, 0], [Op.setAsk, last, 1002, 7, 0]])
    expect(rowsOf((make) => make.delta([], [], 'scroll'))).toEqual([[Op.none, scroll | last, 0, 0, 0]])
  })

  it('writes an order before what it scrolled', () => {
    expect(rowsOf((make) => make.order('replace', 8, 'ask', 10.02, 3, { bids: [], asks: [[10.1, 2]] }))).toEqual([
      [Op.replace, sell, 1002, 3, 8],
      [Op.setAsk, scroll | last, 1010, 2, 0],
    ])
  })

  it('writes a trade between ticks where it is, with its taker and print in the flags', () => {
    expect(rowsOf((make) => make.trade(10.005, 3, 'unknown', 'hidden'))).toEqual([[Op.trade, unknownSide | hidden | last, 1000.5, 3, 0]])
    expect(rowsOf((make) => make.trade(10, 3, 'sell'))).toEqual([[Op.trade, sell | last, 1000, 3, 0]])
  })

  it('refuses events of another instrument', () => {
    const make = session()
    const gatherer = eventsToBatch(make.instrument() as InstrumentEvent)
    const stray = { ...make.trade(10, 1), instrument: 'test:XYZ' } as Exclude<MarketEvent, InstrumentEvent>
    expect(() => gatherer.push(stray)).toThrow(expect.objectContaining({ code: 'LOB_BAD_MESSAGE' }))
    expect(gatherer.length).toBe(0)
  })
})
