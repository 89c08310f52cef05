import { describe, expect, it } from 'vitest'
import { midBar } from '../../src/features/mid-bar.js'
import { tradeSigner, type TradeSigning } from '../../src/features/trade-signer.js'
import { handTick, type HandTickSpec } from '../hand-tick.js'

const around = (mid: number, trade?: HandTickSpec['trade']): HandTickSpec => ({ bids: [[mid - 1, 5]], asks: [[mid + 1, 5]], ...(trade && { trade }) })

function barOf(specs: readonly HandTickSpec[], signing: TradeSigning = 'exchange') {
  const bar = midBar.init()
  const signer = tradeSigner.init()
  for (const spec of specs) midBar.add(bar, signer, handTick(spec), signing)
  return bar
}

describe('midBar', () => {
  it('has no prices before the first mid', () => {
    const none = { open: NaN, high: NaN, low: NaN, close: NaN, flow: 0, lots: 0, value: 0 }
    expect(midBar.init()).toEqual(none)
    expect(barOf([{ bids: [[9, 1]] }, { bids: [[9, 1]], asks: [[9, 1]] }, { synced: false }])).toEqual(none)
    // Mids of 0 and below have no logarithm.
    expect(barOf([around(0), around(-3)])).toEqual(none)
  })

  it('keeps the first, highest, lowest and last mid', () => {
    expect(barOf([around(10), around(12), around(7), around(9)])).toMatchObject({ open: 10, high: 12, low: 7, close: 9 })
    expect(barOf([around(10), { bids: [[30, 1]] }])).toMatchObject({ open: 10, high: 10, low: 10, close: 10 })
  })

  it('adds up regular and hidden trades, their flow where the taker is known', () => {
    const trades = [{ ticks: 11, lots: 3 }, { ticks: 9, lots: -2, print: 'hidden' }, { ticks: 10, lots: NaN, size: 5 }, { ticks: 50, lots: 90, print: 'cross' }, { ticks: 50, lots: 90, print: 'off-book' }] as const
    expect(barOf(trades.map((trade) => around(10, trade)))).toMatchObject({ flow: 3 - 2, lots: 3 + 2 + 5, value: 33 + 18 + 50 })
  })

  it('signs a trade by the mid of the row before', () => {
    expect(barOf([around(10), around(20, { ticks: 12, lots: NaN, size: 4 }), around(20, { ticks: 12, lots: NaN, size: 1 })], 'lee-ready').flow).toBe(4 - 1)
  })
})
