import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { effectiveSpread, priceImpact, realizedSpread, type Feature } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { naiveWindows } from '../naive-window.js'
import { randomSpan } from '../random-ticks.js'
import { expectClose, runColumn } from '../run-feature.js'
import { meanByLots, tradedTicks, tradesOf } from './traded-ticks.js'

const quote = (bid: number, at: number) => ({ bids: [[bid, 5]], asks: [[bid + 2, 5]], at }) as const

describe('realizedSpread', () => {
  it('takes the last mid at or before the horizon, at the first row after it', () => {
    const ticks = [handTick(quote(100, 0)), handTick({ ...quote(100, 10), trade: { ticks: 102, lots: 4 } }), handTick(quote(101, 20)), handTick(quote(104, 20)), handTick(quote(150, 21)), handTick(quote(150, 31))]
    expectClose(runColumn(realizedSpread({ horizon: { micros: 10 }, ticks: 1 }), ticks), [NaN, NaN, NaN, NaN, 2 * (102 - 105), NaN], 0)
    expectClose(runColumn(realizedSpread({ horizon: { ticks: 1 }, ticks: 2 }), ticks), [NaN, NaN, NaN, 2 * (102 - 102), 0, NaN], 0)
  })

  it('equals means over the trades that settled in random windows', () => {
    fc.assert(
      fc.property(tradedTicks, randomSpan, randomSpan, (ticks, span, horizon) => {
        const trades = tradesOf(ticks, horizon)
        const expected = naiveWindows(ticks, span, true).map((window) =>
          meanByLots((window ?? []).flatMap((tick) => trades.filter(({ settledBy }) => settledBy === tick)).map((trade) => [2 * trade.sign * (trade.price - trade.later!), trade.lots])))
        expectClose(runColumn(realizedSpread({ horizon, ...span }), ticks), expected, 1e-12)
      }),
    )
  })

  it('and the price impact add up to the effective spread of a trade', () => {
    const ticks = [handTick(quote(100, 0)), handTick({ ...quote(101, 10), trade: { ticks: 102, lots: -4 } }), handTick(quote(107, 20)), handTick(quote(107, 90))]
    const [effective] = runColumn(effectiveSpread({ ticks: 1 }), ticks).slice(1)
    const horizon = { micros: 30 }
    const [realized, impact] = [realizedSpread({ horizon, ticks: 1 }), priceImpact({ horizon, ticks: 1 })].map((feature) => runColumn(feature, ticks)[3]!)
    expect(realized! + impact!).toBe(effective)
  })

  it('names its column by horizon and span', () => {
    expectTypeOf(realizedSpread({ horizon: { ticks: 5 }, ticks: 20 })).toEqualTypeOf<Feature<'realized_spread_5_20'>>()
    expect(realizedSpread({ horizon: { micros: 5_000_000 }, micros: 60_000_000, signing: 'tick-rule' }).name).toBe('realized_spread_tick_rule_5s_60s')
    expect(() => realizedSpread({ horizon: {} as never, ticks: 1 })).toThrow(/neither/)
  })
})
