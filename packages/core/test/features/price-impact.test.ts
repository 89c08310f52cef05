import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { priceImpact } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { naiveWindows } from '../naive-window.js'
import { randomSpan } from '../random-ticks.js'
import { expectClose, runColumn } from '../run-feature.js'
import { meanByLots, tradedTicks, tradesOf } from './traded-ticks.js'

describe('priceImpact', () => {
  it('is positive where the mid follows the taker', () => {
    const quote = (bid: number, at: number) => ({ bids: [[bid, 5]], asks: [[bid + 2, 5]], at }) as const
    const ticks = [handTick(quote(100, 0)), handTick({ ...quote(100, 10), trade: { ticks: 100, lots: -4 } }), handTick(quote(97, 20)), handTick(quote(97, 21))]
    expect(runColumn(priceImpact({ horizon: { micros: 10 }, ticks: 1 }), ticks)[3]).toBe(6)
  })

  it('equals means over the trades that settled in random windows', () => {
    fc.assert(
      fc.property(tradedTicks, randomSpan, randomSpan, (ticks, span, horizon) => {
        const trades = tradesOf(ticks, horizon)
        const expected = naiveWindows(ticks, span, true).map((window) =>
          meanByLots((window ?? []).flatMap((tick) => trades.filter(({ settledBy }) => settledBy === tick)).map((trade) => [2 * trade.sign * (trade.later! - trade.before), trade.lots])))
        expectClose(runColumn(priceImpact({ horizon, ...span }), ticks), expected, 1e-12)
      }),
    )
  })

  it('names its column by signing, horizon and span', () => {
    expect(priceImpact({ horizon: { micros: 5_000_000 }, ticks: 60, signing: 'lee-ready' }).name).toBe('price_impact_lee_ready_5s_60')
    expect(() => priceImpact({ horizon: { ticks: 0 }, ticks: 1 })).toThrow(/ticks/)
  })
})
