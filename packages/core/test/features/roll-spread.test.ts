import fc from 'fast-check'
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

  it('equals the covariance of neighbouring changes within the window, reckoned anew at each row', () => {
    const prints = ['regular', 'hidden', 'cross', 'none'] as const
    const rows = fc.array(fc.tuple(fc.integer({ min: 95, max: 105 }), fc.constantFrom(...prints)), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 12 }), fc.constantFrom('removed' as const, 'zero' as const), (list, ticks, mean) => {
        const seen = runColumn(rollSpread({ ticks, mean }), list.map(([price, print]) => (print === 'none' ? handTick({}) : handTick({ trade: { ticks: price, lots: 1, print } }))))
        const traded = list.flatMap(([price, print], row) => (print === 'regular' || print === 'hidden' ? [{ price, row }] : []))
        const pairs = traded.slice(2).map(({ price, row }, n) => ({ row, change: price - traded[n + 1]!.price, before: traded[n + 1]!.price - traded[n]!.price }))
        const expected = list.map((_, row) => {
          const inside = pairs.filter((pair) => pair.row <= row && pair.row > row - ticks)
          const average = (of: (pair: (typeof pairs)[number]) => number): number => inside.reduce((sum, pair) => sum + of(pair), 0) / inside.length
          const covariance = average(({ change, before }) => change * before) - (mean === 'zero' ? 0 : average(({ change }) => change) * average(({ before }) => before))
          return row + 1 < ticks || inside.length < 2 || covariance > -1e-9 ? NaN : 2 * Math.sqrt(-covariance)
        })
        expectClose(seen, expected)
      }),
    )
  })

  it('is NaN where prices between ticks leave nothing but rounding of a covariance', () => {
    // Every change is 0.1, as far as doubles can say it.
    const prices = [100, 100.1, 100.2, 100.3, 100.4, 100.5, 100.6, 100.7]
    expect(runColumn(rollSpread({ ticks: 8 }), trades(prices))[7]).toBeNaN()
  })

  it('refuses other means', () => {
    expect(() => rollSpread({ ticks: 4, mean: 'x' as never })).toThrow(/mean/)
  })
})
