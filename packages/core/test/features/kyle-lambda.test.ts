import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { kyleLambda } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { expectClose, runColumn } from '../run-feature.js'

const rowsOf = (flows: readonly number[], changes: readonly number[]) => {
  let mid = 5000
  return [handTick({ bids: [[mid - 1, 1]], asks: [[mid + 1, 1]] }), ...flows.map((lots, row) => {
    mid += changes[row]!
    return handTick({ bids: [[mid - 1, 1]], asks: [[mid + 1, 1]], ...(lots !== 0 && { trade: { ticks: mid, lots } }) })
  })]
}

describe('kyleLambda', () => {
  // Vector A8 with a tick of 0.005.
  const ticks = rowsOf([200, -100, 300, 50, -250], [4, -3, 6, 0, -4])

  it('equals vector A8, with an intercept and without', () => {
    expectClose([runColumn(kyleLambda({ bars: 5, ticks: 1 }), ticks)[5]! * 0.005], [9.593908629441626e-5], 1e-15)
    expectClose([runColumn(kyleLambda({ bars: 5, ticks: 1, intercept: false }), ticks)[5]! * 0.005], [9.51219512195e-5], 1e-13)
    expect(runColumn(kyleLambda({ bars: 5, ticks: 1 }), ticks).slice(0, 5)).toEqual(Array(5).fill(NaN))
  })

  it('is the slope that leaves residuals without correlation, over the last bars alone', () => {
    const numbers = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -9, max: 9 })), { minLength: 6, maxLength: 30 })
    fc.assert(
      fc.property(numbers, (pairs) => {
        const slope = runColumn(kyleLambda({ bars: 6, ticks: 1 }), rowsOf(pairs.map(([x]) => x), pairs.map(([, y]) => y))).at(-1)!
        const last = pairs.slice(-6)
        const mean = last.reduce((sum, [x]) => sum + x, 0) / 6
        if (last.every(([x]) => x === last[0]![0])) return expect(slope).toBeNaN()
        const rest = last.map(([x, y]) => (y - slope * x) * (x - mean))
        expect(Math.abs(rest.reduce((a, b) => a + b, 0))).toBeLessThan(1e-9)
      }),
    )
  })

  it('names its column and refuses a single bar', () => {
    expect(kyleLambda({ bars: 60, micros: 1_000_000 }).name).toBe('kyle_lambda_60x1s')
    expect(kyleLambda({ bars: 60, ticks: 10, intercept: false, signing: 'tick-rule' }).name).toBe('kyle_lambda_origin_tick_rule_60x10')
    expect(() => kyleLambda({ bars: 1, ticks: 1 })).toThrow(/bars/)
  })
})
