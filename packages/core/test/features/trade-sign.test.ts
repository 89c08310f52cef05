import { describe, expect, expectTypeOf, it } from 'vitest'
import { tradeSign, type Feature } from '../../src/kernel.js'
import { handTick, type HandTickSpec } from '../hand-tick.js'
import { runColumn } from '../run-feature.js'

const quote = { bids: [[100, 5]], asks: [[102, 5]] } as const
const trade = (ticks: number, lots: number, more: Partial<HandTickSpec> = {}) => handTick({ ...quote, trade: { ticks, lots, size: 3 }, ...more })

describe('tradeSign', () => {
  it('takes the flag of the exchange', () => {
    expect(runColumn(tradeSign(), [trade(102, 3), handTick(quote), trade(102, -3), trade(102, NaN)])).toEqual([1, NaN, -1, NaN])
  })

  it('takes the last change of price', () => {
    const prices = [100, 101, 101, 99, 99, 100]
    expect(runColumn(tradeSign({ signing: 'tick-rule' }), prices.map((price) => trade(price, NaN)))).toEqual([NaN, 1, 1, -1, -1, 1])
  })

  it('compares with the mid before the trade, never with the one after it', () => {
    const after = { bids: [[104, 5]], asks: [[106, 5]] } as const
    expect(runColumn(tradeSign({ signing: 'lee-ready' }), [handTick(quote), trade(102, NaN, after), trade(102, NaN, after)])).toEqual([NaN, 1, -1])
  })

  it('falls back on the tick rule at the mid, and on nothing without a mid', () => {
    const ticks = [trade(101, 1), trade(101, 1), trade(100, 1), trade(101, 1), trade(101, 1, { asks: [] }), trade(105, 1)]
    expect(runColumn(tradeSign({ signing: 'lee-ready' }), ticks)).toEqual([NaN, NaN, -1, 1, 1, NaN])
  })

  it('passes over crosses and off-book prints', () => {
    const prints = (['cross', 'off-book', 'hidden'] as const).map((print) => handTick({ ...quote, trade: { ticks: 102, lots: 3, print } }))
    expect(runColumn(tradeSign(), prints)).toEqual([NaN, NaN, 1])
    expect(runColumn(tradeSign({ signing: 'tick-rule' }), [trade(100, 1), handTick({ trade: { ticks: 200, lots: 3, print: 'cross' } }), trade(101, 1)])).toEqual([NaN, NaN, 1])
  })

  it('names its column by its rule and refuses others', () => {
    expectTypeOf(tradeSign()).toEqualTypeOf<Feature<'trade_sign'>>()
    expectTypeOf(tradeSign({ signing: 'lee-ready' })).toEqualTypeOf<Feature<'trade_sign_lee_ready'>>()
    expect(tradeSign({ signing: 'tick-rule' })).toMatchObject({ name: 'trade_sign_tick_rule', depth: 0 })
    expect(() => tradeSign({ signing: 'guess' as never })).toThrow(/signing/)
  })
})
