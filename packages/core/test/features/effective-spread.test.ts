import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { effectiveSpread } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { naiveWindows } from '../naive-window.js'
import { randomSpan } from '../random-ticks.js'
import { expectClose, runColumn } from '../run-feature.js'
import { meanByLots, tradedTicks, tradesOf } from './traded-ticks.js'

describe('effectiveSpread', () => {
  it('measures from the mid before the trade, twice, by lots', () => {
    const quote = { bids: [[100, 5]], asks: [[103, 5]] } as const
    const after = { bids: [[101, 5]], asks: [[104, 5]] } as const
    const ticks = [handTick(quote), handTick({ ...after, trade: { ticks: 103, lots: 4 } }), handTick({ ...after, trade: { ticks: 101, lots: -2 } }), handTick({ ...after, trade: { ticks: 102.75, lots: 1, print: 'hidden' } })]
    expectClose(runColumn(effectiveSpread({ ticks: 1 }), ticks), [NaN, 3, 3, 0.5], 1e-15)
    expectClose(runColumn(effectiveSpread({ ticks: 4 }), ticks), [NaN, NaN, NaN, (4 * 3 + 2 * 3 + 0.5) / 7], 1e-15)
  })

  it('equals means over random windows', () => {
    fc.assert(
      fc.property(tradedTicks, randomSpan, (ticks, span) => {
        const trades = tradesOf(ticks)
        const expected = naiveWindows(ticks, span, true).map((window) =>
          meanByLots((window ?? []).flatMap((tick) => trades.filter((trade) => trade.tick === tick)).map((trade) => [2 * trade.sign * (trade.price - trade.before), trade.lots])))
        expectClose(runColumn(effectiveSpread(span), ticks), expected, 1e-12)
      }),
    )
  })

  it('signs by another rule where it is told to', () => {
    const quote = { bids: [[100, 5]], asks: [[103, 5]] } as const
    const ticks = [handTick(quote), handTick({ ...quote, trade: { ticks: 103, lots: NaN, size: 2 } })]
    expect(runColumn(effectiveSpread({ ticks: 1 }), ticks)[1]).toBeNaN()
    expect(runColumn(effectiveSpread({ ticks: 1, signing: 'lee-ready' }), ticks)[1]).toBe(3)
    expect(effectiveSpread({ ticks: 1, signing: 'lee-ready' }).name).toBe('effective_spread_lee_ready_1')
    expect(() => effectiveSpread({ ticks: 1, signing: 'x' as never })).toThrow(/signing/)
  })
})
