import { describe, expect, it } from 'vitest'
import { amihudIlliquidity } from '../../src/kernel.js'
import { handInstrument, handTick } from '../hand-tick.js'
import { expectClose, runColumn } from '../run-feature.js'

const row = (mid: number, lots = 0, instrument = handInstrument) => handTick({ bids: [[mid - 1, 1]], asks: [[mid + 1, 1]], instrument, ...(lots > 0 && { trade: { ticks: mid, lots } }) })

describe('amihudIlliquidity', () => {
  it('is the mean of vector A8: return over money, a million', () => {
    const mids = [10_000, 10_000 * Math.exp(0.01), 10_000 * Math.exp(-0.01), 10_000 * Math.exp(-0.005)]
    const ticks = [row(mids[0]!), ...[1e6, 2e6, 5e5].map((money, k) => row(mids[k + 1]!, money / mids[k + 1]!))]
    expectClose([runColumn(amihudIlliquidity({ bars: 3, ticks: 1 }), ticks)[3]!], [0.01], 1e-12)
  })

  it('skips bars without a trade, and is NaN where none traded', () => {
    const ticks = [row(100), row(110, 5), row(120), row(120)]
    expectClose([runColumn(amihudIlliquidity({ bars: 2, ticks: 1 }), ticks)[2]!], [(1e6 * Math.log(1.1)) / 550], 1e-10)
    expect(runColumn(amihudIlliquidity({ bars: 2, ticks: 1 }), ticks)[3]).toBeNaN()
  })

  it('counts money in quote units, of linear and inverse contracts', () => {
    const linear = { ...handInstrument, tickSize: 0.5, lotSize: 0.1, multiplier: 10 }
    const inverse = { ...linear, contract: 'inverse' } as const
    const value = (instrument: typeof handInstrument) => runColumn(amihudIlliquidity({ bars: 1, ticks: 1 }), [row(100, 0, instrument), row(110, 5, instrument)])[1]!
    expectClose([value(linear), value(inverse)], [(1e6 * Math.log(1.1)) / (55 * 0.5 * 10), (1e6 * Math.log(1.1)) / (0.5 * 10)], 1e-9)
  })

  it('refuses bars that are no count', () => {
    expect(() => amihudIlliquidity({ bars: 0, ticks: 1 })).toThrow(/bars/)
  })
})
