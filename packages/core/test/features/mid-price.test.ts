import { describe, expect, it } from 'vitest'
import { midPrice } from '../../src/kernel.js'
import { handInstrument, handTick, quoteTicks } from '../hand-tick.js'
import { runColumn } from '../run-feature.js'

describe('midPrice', () => {
  it('equals vector A1', () => {
    const ticks = quoteTicks([
      [100, 5, 102, 4], [100, 8, 102, 4], [101, 2, 102, 4], [101, 2, 102, 1],
      [101, 2, 103, 6], [100, 7, 103, 6], [100, 7, 102, 3], [100, 3, 102, 5],
    ])
    expect(runColumn(midPrice(), ticks)).toEqual([101, 101, 101.5, 101.5, 102, 101.5, 101, 101])
  })

  it('is the double that the decimal text gives', () => {
    const priced = (tickSize: number, bid: number, ask: number) =>
      runColumn(midPrice(), [handTick({ bids: [[bid, 1]], asks: [[ask, 1]], instrument: { ...handInstrument, tickSize } })])[0]
    expect(priced(0.01, 57940, 57941)).toBe(579.405)
    expect(priced(0.1, 3, 4)).toBe(0.35)
    expect(priced(1e-8, 1234567, 1234568)).toBe(0.012345675)
    expect(priced(0.25, 4, 5)).toBe(1.125)
  })

  it('is NaN while a side is empty, or the book is crossed or not synced', () => {
    const ticks = [
      handTick({ bids: [[100, 1]] }), handTick({ asks: [[100, 1]] }), handTick({ bids: [[100, 1]], asks: [[100, 1]] }),
      handTick({ bids: [[100, 1]], asks: [[101, 1]], synced: false }), handTick({ bids: [[100, 1]], asks: [[101, 1]] }),
    ]
    expect(runColumn(midPrice(), ticks)).toEqual([NaN, NaN, NaN, NaN, 100.5])
    expect(midPrice().columns).toEqual([{ name: 'mid_price', unit: 'price' }])
  })
})
