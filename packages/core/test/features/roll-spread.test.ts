import { describe, expect, it } from 'vitest'
import { rollSpread } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { expectClose, runColumn } from '../run-feature.js'

const trades = (prices: readonly number[]) => prices.map((ticks) => handTick({ trade: { ticks, lots: 1 } }))
const a8 = trades([100, 101, 100, 100, 101, 100, 101, 101, 100])

describe('rollSpread', () => {
  it('equals vector A8, with the means removed and without', () => {
    expectClose([runColumn(rollSpread({ ticks: 9 }), a8)[8]!], [1.27775313])
    expectClose([runColumn(rollSpread({ ticks: 9, mean: 'zero' }), a8)[8]!], [1.3093073414])
  })

  it('is NaN where the covariance is not below 0', () => {
    expect(runColumn(rollSpread({ ticks: 4 }), trades([100, 101, 102, 103]))[3]).toBeNaN()
    expect(runColumn(rollSpread({ ticks: 4, mean: 'zero' }), trades([100, 101, 102, 103]))[3]).toBeNaN()
  })

  it('needs two pairs of changes within the window', () => {
    const ticks = [...trades([100, 101, 100]), handTick({}), ...trades([101])]
    expect(runColumn(rollSpread({ ticks: 3, mean: 'zero' }), ticks)).toEqual([NaN, NaN, NaN, NaN, 2])
  })

  it('refuses other means', () => {
    expect(() => rollSpread({ ticks: 4, mean: 'x' as never })).toThrow(/mean/)
  })
})
