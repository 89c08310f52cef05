import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tradedProfile, type Tick } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { naiveWindows } from '../naive-window.js'
import { randomSpan } from '../random-ticks.js'
import { runFeature } from '../run-feature.js'

const trades = fc.array(fc.record({ ticks: fc.integer({ min: 95, max: 105 }), lots: fc.integer({ min: -20, max: 20 }), wait: fc.integer({ min: 0, max: 400 }) }), { minLength: 1, maxLength: 60 }).map((list) => {
  let at = 0
  return list.map(({ ticks, lots, wait }): Tick => handTick(lots === 0 ? { at: (at += wait) } : { at: (at += wait), trade: { ticks, lots } }))
})

/** Every interval around the point of control, shortest first, then by its lots, then lowest. */
function naiveProfile(window: readonly Tick[], share: number): number[] {
  const lotsAt = new Map<number, number>()
  for (const { tradeTicks, tradeSize } of window) if (tradeSize > 0) lotsAt.set(tradeTicks, (lotsAt.get(tradeTicks) ?? 0) + tradeSize)
  const prices = [...lotsAt.keys()].sort((a, b) => a - b)
  if (prices.length === 0) return [NaN, NaN, NaN]
  const total = [...lotsAt.values()].reduce((a, b) => a + b)
  const point = prices.toSorted((a, b) => lotsAt.get(b)! - lotsAt.get(a)! || a - b)[0]!
  const areas = prices.flatMap((low) => prices.map((high) => [low, high, prices.filter((p) => p >= low && p <= high).reduce((sum, p) => sum + lotsAt.get(p)!, 0)] as const))
    .filter(([low, high, lots]) => low <= point && high >= point && lots >= share * total)
    .sort((a, b) => a[1] - a[0] - (b[1] - b[0]) || b[2] - a[2] || a[0] - b[0])
  return [point, areas[0]![0], areas[0]![1]]
}

describe('tradedProfile', () => {
  it('finds the price of most trading and the shortest range with 70 % of it', () => {
    const lots: [number, number][] = [[100, 10], [101, -30], [103, 20], [99, 5], [102, 15]]
    const ticks = lots.map(([price, size]) => handTick({ trade: { ticks: price, lots: size } }))
    // 80 lots in all: 101 to 103 holds 65, 101 and 102 only 45.
    expect(runFeature(tradedProfile({ ticks: 5 }), ticks).at(-1)).toEqual([101, 101, 103])
    expect(runFeature(tradedProfile({ ticks: 5, share: 0.5 }), ticks).at(-1)).toEqual([101, 101, 102])
  })

  it('equals a search over all ranges of random windows', () => {
    fc.assert(
      fc.property(trades, randomSpan, fc.double({ min: 0, max: 1, noNaN: true }), (ticks, span, share) => {
        const expected = naiveWindows(ticks, span, false).map((window) => (window ? naiveProfile(window, share) : [NaN, NaN, NaN]))
        expect(runFeature(tradedProfile({ ...span, share }), ticks)).toEqual(expected)
      }),
    )
  })

  it('puts prices into bins, and passes over crosses and off-book prints', () => {
    const ticks = [
      handTick({ trade: { ticks: 104, lots: 1 } }), handTick({ trade: { ticks: 96, lots: 1, print: 'hidden' } }),
      handTick({ trade: { ticks: 50, lots: 99, print: 'cross' } }), handTick({ trade: { ticks: 50, lots: 99, print: 'off-book' } }), handTick({}),
    ]
    expect(runFeature(tradedProfile({ ticks: 5, binTicks: 10 }), ticks).at(-1)).toEqual([100, 100, 100])
  })

  it('refuses options out of their ranges', () => {
    expect(() => tradedProfile({ ticks: 5, binTicks: 0 })).toThrow(/binTicks/)
    expect(() => tradedProfile({ ticks: 5, share: 1.1 })).toThrow(/share/)
  })
})
