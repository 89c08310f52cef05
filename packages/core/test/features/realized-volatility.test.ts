import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { realizedVolatility, seededRandom, type RollingSpan, type Tick } from '../../src/kernel.js'
import { handTick, quoteTicks } from '../hand-tick.js'
import { naiveMid, naiveWindows } from '../naive-window.js'
import { randomSpan, randomTicks } from '../random-ticks.js'
import { expectClose, runColumn } from '../run-feature.js'

function naiveVariance(ticks: readonly Tick[], span: RollingSpan): number[] {
  const squareOf = new Map<Tick, number>()
  let last = NaN
  for (const tick of ticks) {
    if (!tick.book.synced || tick.book.crossed || Number.isNaN(naiveMid(tick))) continue
    squareOf.set(tick, Math.log(naiveMid(tick) / last) ** 2)
    last = naiveMid(tick)
  }
  return naiveWindows(ticks, span, true).map((window) => {
    const squares = (window ?? []).map((tick) => squareOf.get(tick) ?? NaN).filter((square) => !Number.isNaN(square))
    return squares.length < 2 ? NaN : squares.reduce((sum, square) => sum + square, 0)
  })
}

describe('realizedVolatility', () => {
  // Vector A7: in ticks of 0.01, a bid and an ask one tick to either side.
  const a7 = [10000, 10010, 10005, 10020, 10015, 10010, 10025, 10030, 10020, 10035, 10030, 10040, 10038].map((mid): [number, number, number, number] => [mid - 1, 5, mid + 1, 5])

  it('equals vector A7', () => {
    const variance = runColumn(realizedVolatility({ ticks: 12, measure: 'variance' }), quoteTicks(a7))
    expect(Math.abs(variance[12]! / 1.0996098326940332e-5 - 1)).toBeLessThan(1e-12)
    expectClose([runColumn(realizedVolatility({ ticks: 12 }), quoteTicks(a7))[12]!], [Math.sqrt(1.0996098326940332e-5)], 1e-15)
    expect(variance.slice(0, 11)).toEqual(Array(11).fill(NaN))
  })

  it('equals the naive sum over each window of random books', () => {
    fc.assert(
      fc.property(randomTicks(), randomSpan, (ticks, span) => {
        const expected = naiveVariance(ticks, span)
        expectClose(runColumn(realizedVolatility({ ...span, measure: 'variance' }), ticks), expected, 1e-14)
        expectClose(runColumn(realizedVolatility(span), ticks), expected.map(Math.sqrt), 1e-9)
      }),
    )
  })

  it('holds (t - micros, t], from the first row whose window is covered', () => {
    const ticks = [0, 40, 100, 100, 140, 250].map((at, row) => handTick({ bids: [[100 + row, 1]], asks: [[102 + row, 1]], at }))
    const r = (row: number) => Math.log((101 + row) / (100 + row)) ** 2
    // At 140 the row at 40 is just outside; at 250 only its own return is left, and one is too few.
    expectClose(runColumn(realizedVolatility({ micros: 100, measure: 'variance' }), ticks), [NaN, NaN, r(1) + r(2), r(1) + r(2) + r(3), r(2) + r(3) + r(4), NaN], 1e-15)
  })

  it('keeps a return that spans a one-sided or a crossed row', () => {
    const quote = (bid: number) => ({ bids: [[bid, 1]], asks: [[bid + 2, 1]] }) as const
    const ticks = [quote(100), { ...quote(100), asks: [] }, quote(109), { bids: [[109, 1]], asks: [[109, 1]] } as const, quote(104), quote(104)].map(handTick)
    const [up, down] = [Math.log(110 / 101) ** 2, Math.log(105 / 110) ** 2]
    expectClose(runColumn(realizedVolatility({ ticks: 3, measure: 'variance' }), ticks), [NaN, NaN, NaN, NaN, up + down, up + down], 1e-15)
  })

  it('forgets a spike: a flat window after it is exactly 0', () => {
    const mids = [100, 1e8, 100, 101, 100, 100, 100, 100, 100, 100]
    const values = runColumn(realizedVolatility({ ticks: 4 }), quoteTicks(mids.map((mid) => [mid - 1, 1, mid + 1, 1])))
    expect(values.slice(-2)).toEqual([0, 0])
  })

  it('does not drift over 200,000 rows', () => {
    const random = seededRandom(7)
    let bid = 1e6
    const ticks = quoteTicks(Array.from({ length: 200_000 }, (_, row) => [(bid = row % 5000 === 77 ? 9e7 : row % 5000 === 78 ? 1e6 : bid + Math.round(2 * random() - 1)), 1, bid + 2, 1]))
    const values = runColumn(realizedVolatility({ ticks: 50, measure: 'variance' }), ticks)
    const expected = naiveVariance(ticks.slice(-51), { ticks: 50 }).at(-1)!
    expect(Math.abs(values.at(-1)! / expected - 1)).toBeLessThan(1e-9)
  })

  it('skips a mid that is not positive', () => {
    const ticks = quoteTicks([[100, 1, 102, 1], [-2, 1, 0, 1], [-1, 1, 1, 1], [101, 1, 103, 1], [102, 1, 104, 1]])
    expectClose(runColumn(realizedVolatility({ ticks: 4, measure: 'variance' }), ticks), [NaN, NaN, NaN, NaN, Math.log(102 / 101) ** 2 + Math.log(103 / 102) ** 2], 1e-15)
  })

  it('names its column by measure and span, and refuses other measures', () => {
    expect(realizedVolatility({ ticks: 200 }).columns).toEqual([{ name: 'realized_vol_200', unit: 'log-return' }])
    expect(realizedVolatility({ micros: 5000, measure: 'variance' }).columns).toEqual([{ name: 'realized_var_5ms', unit: 'ratio' }])
    expect(realizedVolatility({ ticks: 2 }).fingerprint).toBe(realizedVolatility({ measure: 'volatility', ticks: 2 }).fingerprint)
    expect(() => realizedVolatility({ ticks: 2, measure: 'range' as never })).toThrow(/measure/)
    expect(() => realizedVolatility({} as never)).toThrow(/ticks and micros/)
  })
})
