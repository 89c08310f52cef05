import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { arrivalRates, type NameOf, type Tick } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { naiveWindows } from '../naive-window.js'
import { randomChanges, randomSpan, randomTicks } from '../random-ticks.js'
import { expectClose, runFeature } from '../run-feature.js'

const quote = { bids: [[100, 5]], asks: [[102, 4]] } as const
const undefinedRow = Array(6).fill(NaN)

/** [bid added, ask added, bid cancelled, ask cancelled, bought, sold] of one row. */
function countsOf({ changes, tradePrint, tradeLots }: Tick): number[] {
  const counts = [0, 0, 0, 0, 0, 0]
  for (let row = 0; row < changes.length; row++) {
    if (['fill', 'scroll', 'snapshot'].includes(changes.cause(row)) || changes.lotsAfter(row) === changes.lotsBefore(row)) continue
    counts[(changes.lotsAfter(row) > changes.lotsBefore(row) ? 0 : 2) + (changes.side(row) === 1 ? 0 : 1)]! += 1
  }
  if (tradePrint === 'regular' && tradeLots > 0) counts[4] = 1
  if (tradePrint === 'regular' && tradeLots < 0) counts[5] = 1
  return counts
}

describe('arrivalRates', () => {
  const ticks = [
    handTick({ ...quote, at: 0 }),
    handTick({ ...quote, at: 250_000, changes: [[1, 100, 0, 8, 'add']] }),
    handTick({ ...quote, at: 500_000, changes: [[-1, 102, 8, 6, 'cancel']] }),
    handTick({ ...quote, at: 1_000_000, kind: 'order', changes: [[1, 100, 8, 2, 'fill']], trade: { lots: -6, ticks: 100 } }),
    handTick({ ...quote, at: 1_500_000, trade: { lots: 3, ticks: 102 } }),
  ]

  it('counts per second of the window in time', () => {
    // At 1.0 s the window is (0, 1.0]; at 1.5 s (0.5, 1.5], and the cancellation at 0.5 has left.
    expect(runFeature(arrivalRates({ micros: 1_000_000 }), ticks)).toEqual([
      undefinedRow, undefinedRow, undefinedRow, [1, 0, 0, 1, 0, 1], [0, 0, 0, 0, 1, 1],
    ])
  })

  it('counts per second since the row before the window in rows', () => {
    // The last two rows: 250 ms to 1 s at row 3, 500 ms to 1.5 s at row 4.
    const rows = runFeature(arrivalRates({ ticks: 2 }), ticks)
    expect(rows.slice(0, 2)).toEqual([undefinedRow, undefinedRow])
    expectClose(rows[2]!, [2, 0, 0, 2, 0, 0])
    expectClose(rows[3]!, [0, 0, 0, 1 / 0.75, 0, 1 / 0.75])
    expectClose(rows[4]!, [0, 0, 0, 0, 1, 1])
  })

  it('is NaN where no time has passed', () => {
    expect(runFeature(arrivalRates({ ticks: 1 }), [handTick({ ...quote, at: 5 }), handTick({ ...quote, at: 5 })])[1]).toEqual(undefinedRow)
  })

  it('counts regular executions whose taker is known', () => {
    const traded = (print: 'regular' | 'hidden' | 'cross', lots: number) => handTick({ ...quote, at: 1_000_000, trade: { lots, size: 3, print } })
    for (const tick of [traded('hidden', 3), traded('cross', 3), traded('regular', NaN)]) {
      expect(runFeature(arrivalRates({ micros: 1 }), [handTick({ ...quote, at: 0 }), tick])[1]).toEqual([0, 0, 0, 0, 0, 0])
    }
  })

  it('equals the naive counts over each window of random changes', () => {
    fc.assert(
      fc.property(randomTicks(randomChanges), randomSpan, (ticks, span) => {
        const kept = ticks.filter(({ book }) => book.synced && !book.crossed)
        const rows = runFeature(arrivalRates(span), ticks)
        naiveWindows(ticks, span, true).forEach((window, row) => {
          const before = span.ticks === undefined ? undefined : kept[kept.indexOf(ticks[row]!) - span.ticks]
          const micros = span.ticks === undefined ? span.micros : before ? ticks[row]!.tsLocal - before.tsLocal : NaN
          const sums = (window ?? []).map(countsOf).reduce((sum, counts) => sum.map((x, i) => x + counts[i]!), [0, 0, 0, 0, 0, 0])
          expectClose(rows[row]!, sums.map((count) => (window && micros > 0 ? (1e6 * count) / micros : NaN)), 1e-12)
        })
      }),
    )
  })

  it('names its columns by side, kind and span', () => {
    expect(arrivalRates({ micros: 60_000_000 }).columns.map(({ name }) => name)).toEqual([
      'bid_add_rate_60s', 'ask_add_rate_60s', 'bid_cancel_rate_60s', 'ask_cancel_rate_60s', 'market_buy_rate_60s', 'market_sell_rate_60s',
    ])
    const feature = arrivalRates({ ticks: 5 })
    expectTypeOf<'bid_add_rate_5'>().toExtend<NameOf<typeof feature>>()
    expect(() => arrivalRates({} as never)).toThrow(/ticks and micros/)
  })
})
