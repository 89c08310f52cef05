import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { tradeFlowImbalance, type Feature } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { naiveWindows } from '../naive-window.js'
import { randomBook, randomSpan, randomTicks } from '../random-ticks.js'
import { runColumn } from '../run-feature.js'

const trade = fc.record({
  lots: fc.oneof(fc.integer({ min: -50, max: 50 }), fc.constant(NaN)),
  size: fc.constant(7),
  print: fc.constantFrom('regular', 'hidden', 'cross', 'off-book'),
})
const trading = randomTicks(fc.oneof(randomBook, fc.tuple(randomBook, trade).map(([book, trade]) => ({ ...book, trade }))))

describe('tradeFlowImbalance', () => {
  it('equals the naive sums over each window, whatever the book does', () => {
    fc.assert(
      fc.property(trading, randomSpan, (ticks, span) => {
        const windows = naiveWindows(ticks, span, false).map((window) =>
          window?.filter(({ tradePrint }) => tradePrint === 'regular' || tradePrint === 'hidden').map(({ tradeLots }) => tradeLots).filter((lots) => !Number.isNaN(lots)),
        )
        const sum = (lots: readonly number[]) => lots.reduce((total, each) => total + each, 0)
        expect(runColumn(tradeFlowImbalance(span), ticks)).toEqual(windows.map((lots) => (lots ? sum(lots) : NaN)))
        expect(runColumn(tradeFlowImbalance({ ...span, normalised: true }), ticks)).toEqual(
          windows.map((lots) => (lots ? sum(lots) / sum(lots.map(Math.abs)) : NaN)),
        )
      }),
    )
  })

  it('is 0 in a window without trades, and NaN normalised', () => {
    const ticks = [{ lots: 3 }, { lots: -1 }, undefined, undefined, { lots: NaN, size: 5 }].map((trade) => handTick(trade ? { trade } : {}))
    expect(runColumn(tradeFlowImbalance({ ticks: 2 }), ticks)).toEqual([NaN, 2, -1, 0, 0])
    expect(runColumn(tradeFlowImbalance({ ticks: 2, normalised: true }), ticks)).toEqual([NaN, 0.5, -1, NaN, NaN])
  })

  it('names its column by its options', () => {
    expect(tradeFlowImbalance({ ticks: 9 }).columns).toEqual([{ name: 'trade_flow_imbalance_9', unit: 'lots' }])
    expect(tradeFlowImbalance({ micros: 500_000, normalised: true }).columns).toEqual([{ name: 'trade_flow_imbalance_normalised_500ms', unit: 'ratio' }])
    expectTypeOf(tradeFlowImbalance({ ticks: 9, normalised: true })).toEqualTypeOf<Feature<'trade_flow_imbalance_normalised_9'>>()
    expectTypeOf(tradeFlowImbalance({ ticks: 9 })).toEqualTypeOf<Feature<'trade_flow_imbalance_9'>>()
    expect(tradeFlowImbalance({ ticks: 9 }).depth).toBe(0)
    expect(() => tradeFlowImbalance({} as never)).toThrow(/ticks and micros/)
  })
})
