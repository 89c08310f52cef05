import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitMoveThreshold, seededRandom, smoothedMove, type SmoothedMoveOptions, type Tick } from '../../src/kernel.js'
import { quoteTicks } from '../hand-tick.js'
import { naiveMid } from '../naive-window.js'
import { randomTicks } from '../random-ticks.js'
import { expectClose } from '../run-feature.js'
import { delaysOf, runLabeler } from './run-labeler.js'

const a12 = quoteTicks([100, 100, 101, 101, 102, 101, 100, 101, 103, 104, 104, 103, 102, 102, 101].map((mid) => [mid - 1, 1, mid + 1, 1]))

/** Quant.md 1.8.1, by slices. */
function naiveMoves(ticks: readonly Tick[], { method, rows, smoothingRows = 10 }: SmoothedMoveOptions): number[] {
  const mids = ticks.map((tick) => (tick.book.synced && !tick.book.crossed ? naiveMid(tick) : NaN))
  const k = method === 'L3' ? Math.min(smoothingRows, rows) : rows
  const mean = (from: number, to: number) => (from < 0 || to >= mids.length ? NaN : mids.slice(from, to + 1).reduce((sum, mid) => sum + mid, 0) / (to - from + 1))
  return mids.map((mid, t) => mean(t + rows - k + 1, t + rows) / (method === 'L1' ? mid : mean(t - k + 1, t)) - 1)
}

describe('smoothedMove', () => {
  it.each([
    ['L1', { method: 'L1', rows: 3 }, 2,
      [0.00330033, 0, -0.0130718954, 0.00330033, 0.0266666667, 0.0264026403, 0.0064724919, -0.0096153846, -0.016025641, -0.0129449838],
      [0, 0, -1, 0, 1, 1, 1, -1, -1, -1]],
    ['L2', { method: 'L2', rows: 3 }, 2,
      [0.0099667774, 0.0033112583, -0.0065789474, 0, 0.0165016502, 0.0298013245, 0.0230263158, 0.0032467532, -0.0128617363, -0.0192926045],
      [1, 0, -1, 0, 1, 1, 1, 0, -1, -1]],
    ['L3', { method: 'L3', rows: 5, smoothingRows: 3 }, 2,
      [0.0033222591, 0.0066225166, 0.0131578947, 0.0230263158, 0.0264026403, 0.0231788079, 0.0098684211, -0.0097402597],
      [0, 1, 1, 1, 1, 1, 1, -1]],
  ] as const)('equals vector A12 under %s', (_, options, first, moves, classes) => {
    const last = first + moves.length
    const values = runLabeler(smoothedMove({ ...options, kind: 'value' }), a12)
    expectClose(values.slice(first, last), moves)
    expect(runLabeler(smoothedMove({ ...options, threshold: 0.005 }), a12).slice(first, last)).toEqual(classes.map((sign) => sign + 1))
    expect(values.slice(last)).toEqual(Array(options.rows).fill(NaN))
    expect(values.slice(0, first).map(Number.isNaN)).toEqual(Array(first).fill(options.method !== 'L1'))
  })

  it('equals the definitions on random books: an undefined mid voids what it touches and nothing else', () => {
    const method = fc.constantFrom('L1', 'L2', 'L3')
    fc.assert(
      fc.property(randomTicks(), method, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 8 }), (ticks, method, rows, smoothingRows) => {
        const options = { method, rows, ...(method === 'L3' && { smoothingRows }) }
        expectClose(runLabeler(smoothedMove({ ...options, kind: 'value' }), ticks), naiveMoves(ticks, options), 1e-14)
        expect([...delaysOf(smoothedMove(options), ticks)].every((delay) => delay === rows)).toBe(true)
      }),
    )
  })

  it('smooths L3 over ten rows, or over its horizon where that is shorter', () => {
    const run = (rows: number, smoothingRows?: number) => runLabeler(smoothedMove({ method: 'L3', rows, kind: 'value', ...(smoothingRows !== undefined && { smoothingRows }) }), a12)
    expect(run(2, 10)).toEqual(run(2, 2))
    const random = seededRandom(3)
    const ticks = quoteTicks(Array.from({ length: 60 }, () => [100 + Math.floor(9 * random()), 1, 110, 1]))
    expectClose(runLabeler(smoothedMove({ method: 'L3', rows: 20, kind: 'value' }), ticks), naiveMoves(ticks, { method: 'L3', rows: 20, smoothingRows: 10 }), 1e-14)
  })

  it('takes a fitted threshold, which balances the classes', () => {
    const random = seededRandom(11)
    let bid = 10_000
    const ticks = quoteTicks(Array.from({ length: 3000 }, () => [(bid += Math.floor(7 * random()) - 3), 1, bid + 2, 1]))
    const moves = runLabeler(smoothedMove({ method: 'L1', rows: 10, kind: 'value' }), ticks)
    const threshold = fitMoveThreshold(moves, { unit: 'return', instrument: 'hand:ABC', from: 0, to: 2999 })
    const targets = runLabeler(smoothedMove({ method: 'L1', rows: 10, threshold }), ticks)
    expect(targets.filter((target) => target === 1).length / threshold.rows).toBeCloseTo(1 / 3, 3)
  })

  it('says what it gives out', () => {
    expect(smoothedMove({ method: 'L1', rows: 10 })).toMatchObject({ name: 'smoothed_move_l1_10', output: { kind: 'classes', classes: ['down', 'flat', 'up'] } })
    expect(smoothedMove({ method: 'L3', rows: 50 }).name).toBe('smoothed_move_l3_50_10')
    expect(smoothedMove({ method: 'L2', rows: 5, kind: 'value' }).output).toEqual({ kind: 'value', unit: 'return', horizon: { rows: 5 } })
  })

  it('refuses options out of range', () => {
    expect(() => smoothedMove({ method: 'L4' as never, rows: 1 })).toThrow(/method/)
    expect(() => smoothedMove({ method: 'L1', rows: 0 })).toThrow(/rows/)
    expect(() => smoothedMove({ method: 'L3', rows: 5, smoothingRows: 0 })).toThrow(/smoothingRows/)
    expect(() => smoothedMove({ method: 'L2', rows: 5, smoothingRows: 3 })).toThrow(/smoothingRows.*none/)
    expect(() => smoothedMove({ method: 'L1', rows: 5, threshold: -0.1 })).toThrow(/threshold/)
    expect(() => smoothedMove({ method: 'L1', rows: 5, kind: 'value', threshold: 0.1 })).toThrow(/threshold/)
  })
})
