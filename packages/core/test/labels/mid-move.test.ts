import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitMoveThreshold, midMove } from '../../src/kernel.js'
import { handTick, quoteTicks } from '../hand-tick.js'
import { naiveMid } from '../naive-window.js'
import { mirrored, randomBook, randomTicks } from '../random-ticks.js'
import { delaysOf, runLabeler } from './run-labeler.js'

// The mids of vector A12.
const a12 = quoteTicks([100, 100, 101, 101, 102, 101, 100, 101, 103, 104, 104, 103, 102, 102, 101].map((mid) => [mid - 1, 1, mid + 1, 1]))

describe('midMove', () => {
  it('is the move of the mid over its rows', () => {
    expect(runLabeler(midMove({ rows: 3, kind: 'value' }), a12)).toEqual([1, 2, 0, -1, -1, 2, 4, 3, 0, -2, -2, -2, NaN, NaN, NaN])
  })

  it('is flat up to its threshold', () => {
    expect(runLabeler(midMove({ rows: 3 }), a12).slice(0, 12)).toEqual([2, 2, 1, 0, 0, 2, 2, 2, 1, 0, 0, 0])
    expect(runLabeler(midMove({ rows: 3, thresholdTicks: 1 }), a12).slice(0, 12)).toEqual([1, 2, 1, 1, 1, 2, 2, 2, 1, 0, 0, 0])
    const half = quoteTicks([[100, 1, 102, 1], [100, 1, 103, 1], [101, 1, 103, 1]])
    expect(runLabeler(midMove({ rows: 1, kind: 'value' }), half)).toEqual([0.5, 0.5, NaN])
    expect(runLabeler(midMove({ rows: 1, thresholdTicks: 0.5 }), half)).toEqual([1, 1, NaN])
  })

  it('takes a fitted threshold', () => {
    const moves = runLabeler(midMove({ rows: 3, kind: 'value' }), a12)
    const fitted = fitMoveThreshold(moves, { rule: 'half-mean', unit: 'ticks', instrument: 'hand:ABC', from: 0, to: 14 })
    // 20 ticks over 12 moves, halved: 0.83.
    expect(runLabeler(midMove({ rows: 3, thresholdTicks: fitted }), a12)).toEqual(runLabeler(midMove({ rows: 3, thresholdTicks: 0.83 }), a12))
  })

  it('never settles a row that an undefined mid touches, and settles all the others', () => {
    fc.assert(
      fc.property(randomTicks(), fc.integer({ min: 1, max: 8 }), (ticks, rows) => {
        const mids = ticks.map((tick) => (tick.book.synced && !tick.book.crossed ? naiveMid(tick) : NaN))
        expect(runLabeler(midMove({ rows, kind: 'value' }), ticks)).toEqual(mids.map((mid, row) => (mids[row + rows] ?? NaN) - mid))
        expect([...delaysOf(midMove({ rows }), ticks)].every((delay) => delay === rows)).toBe(true)
      }),
    )
  })

  it('turns down into up when the sides change places', () => {
    fc.assert(
      fc.property(fc.array(randomBook, { minLength: 1 }), (specs) => {
        const labeler = midMove({ rows: 2, thresholdTicks: 1 })
        expect(runLabeler(labeler, specs.map(mirrored).map(handTick))).toEqual(runLabeler(labeler, specs.map(handTick)).map((target) => 2 - target))
      }),
    )
  })

  it('says what it gives out', () => {
    expect(midMove({ rows: 5 })).toMatchObject({ name: 'mid_move_5', output: { kind: 'classes', classes: ['down', 'flat', 'up'], horizon: { rows: 5 } } })
    expect(midMove({ rows: 5, kind: 'value' }).output).toEqual({ kind: 'value', unit: 'ticks', horizon: { rows: 5 } })
  })

  it('refuses options out of range', () => {
    const fitted = fitMoveThreshold([1], { unit: 'return', instrument: 'hand:ABC', from: 0, to: 1 })
    expect(() => midMove({ rows: 0 })).toThrow(/rows/)
    expect(() => midMove({ rows: 1, thresholdTicks: -1 })).toThrow(/thresholdTicks/)
    expect(() => midMove({ rows: 1, thresholdTicks: NaN })).toThrow(/thresholdTicks/)
    expect(() => midMove({ rows: 1, thresholdTicks: fitted })).toThrow(/thresholdTicks.*ticks.*return/)
    expect(() => midMove({ rows: 1, kind: 'value', thresholdTicks: 0 })).toThrow(/thresholdTicks.*none/)
    expect(() => midMove({ rows: 1, kind: 'sign' as never })).toThrow(/kind/)
  })

  it('takes the last mid at or before a time later, once a row shows that it is over', () => {
    const ticks = [[100, 0], [101, 4], [103, 10], [104, 10], [109, 11], [110, 25]].map(([mid, at]) => handTick({ bids: [[mid! - 1, 1]], asks: [[mid! + 1, 1]], at: at! }))
    const labeler = midMove({ micros: 10, kind: 'value' })
    expect(runLabeler(labeler, ticks)).toEqual([4, 109 - 101, 109 - 103, 109 - 104, 0, NaN])
    expect(labeler).toMatchObject({ name: 'mid_move_10us', output: { horizon: { micros: 10 } } })
    expect(() => midMove({ rows: 1, micros: 1 } as never)).toThrow(/both/)
  })
})
