import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { weightedMid } from '../../src/kernel.js'
import { handInstrument, handTick, quoteTicks } from '../hand-tick.js'
import { randomBook, scaled } from '../random-ticks.js'
import { expectClose, runColumn } from '../run-feature.js'

describe('weightedMid', () => {
  it('equals vector A1', () => {
    const ticks = quoteTicks([
      [100, 5, 102, 4], [100, 8, 102, 4], [101, 2, 102, 4], [101, 2, 102, 1],
      [101, 2, 103, 6], [100, 7, 103, 6], [100, 7, 102, 3], [100, 3, 102, 5],
    ])
    expectClose(runColumn(weightedMid(), ticks), [
      101.1111111111, 101.3333333333, 101.3333333333, 101.6666666667, 101.5, 101.6153846154, 101.4, 100.75,
    ])
  })

  it('is a price', () => {
    const tick = handTick({ bids: [[100, 3]], asks: [[102, 1]], instrument: { ...handInstrument, tickSize: 0.01 } })
    expect(runColumn(weightedMid(), [tick])).toEqual([1.015])
    expect(weightedMid().columns).toEqual([{ name: 'weighted_mid', unit: 'price' }])
  })

  it('lies within the spread', () => {
    const lots = fc.integer({ min: 1, max: 1e9 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e7 }), fc.integer({ min: 1, max: 1e4 }), lots, lots, (bid, gap, bidLots, askLots) => {
        const [value] = runColumn(weightedMid(), [handTick({ bids: [[bid, bidLots]], asks: [[bid + gap, askLots]] })])
        expect(value).toBeGreaterThanOrEqual(bid)
        expect(value).toBeLessThanOrEqual(bid + gap)
      }),
    )
  })

  it('mirrors when the sides change places, and only the ratio of the sizes counts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 99 }), fc.integer({ min: 1, max: 99 }), (gap, one, other) => {
        const there = runColumn(weightedMid(), [handTick({ bids: [[100, one]], asks: [[100 + gap, other]] })])[0]!
        const back = runColumn(weightedMid(), [handTick({ bids: [[100, other]], asks: [[100 + gap, one]] })])[0]!
        expectClose([there + back], [200 + gap], 1e-12)
      }),
    )
    fc.assert(
      fc.property(randomBook, fc.integer({ min: 2, max: 100 }), (spec, by) => {
        expectClose(runColumn(weightedMid(), [handTick(scaled(spec, by))]), runColumn(weightedMid(), [handTick(spec)]), 1e-12)
      }),
    )
  })

  it('is NaN while a side is empty, or the book is crossed', () => {
    const ticks = [handTick({ bids: [[100, 1]] }), handTick({ asks: [[100, 1]] }), handTick({ bids: [[100, 1]], asks: [[99, 1]] })]
    expect(runColumn(weightedMid(), ticks)).toEqual([NaN, NaN, NaN])
  })
})
