import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tripleBarrier, type Feature } from '../../src/kernel.js'
import { handInstrument, handTick, midTicksOf } from '../hand-tick.js'
import { naiveMid } from '../naive-window.js'
import { randomTicks } from '../random-ticks.js'
import { runLabeler } from './run-labeler.js'

const a12 = midTicksOf([100, 100, 101, 101, 102, 101, 100, 101, 103, 104, 104, 103, 102, 102, 101])

describe('tripleBarrier', () => {
  it('equals vector A12, touch by touch', () => {
    const touches: [number, number, number][] = []
    const labeler = tripleBarrier({ up: 0.015, down: 0.0095, rows: 4 })
    const state: unknown = labeler.init(handInstrument)
    a12.forEach((tick, row) => labeler.step(state, tick, (rowsAgo, target) => touches.push([row - rowsAgo, target - 1, row])))
    expect(touches.filter(([row]) => [0, 2, 4, 6, 9].includes(row))).toEqual([[0, 1, 4], [4, -1, 5], [2, -1, 6], [6, 1, 8], [9, -1, 11]])
  })

  it('equals a search along each path of random books, by rows and by time', () => {
    const horizons = fc.oneof(fc.integer({ min: 1, max: 9 }).map((rows) => ({ rows })), fc.integer({ min: 1, max: 1500 }).map((micros) => ({ micros })))
    fc.assert(
      fc.property(randomTicks(), horizons, fc.constantFrom('flat', 'sign'), (ticks, horizon, atEnd) => {
        const mids = ticks.map((tick) => (tick.book.synced && !tick.book.crossed ? naiveMid(tick) : NaN))
        const expected = mids.map((mid, row) => {
          const isWithin = (later: number) => ('rows' in horizon ? later <= row + horizon.rows : ticks[later]!.tsLocal <= ticks[row]!.tsLocal + horizon.micros)
          const path = mids.map((value, later) => [value, later] as const).filter(([, later]) => later > row && isWithin(later))
          const touch = path.find(([value]) => value >= mid * 1.002 || value <= mid * 0.999)
          if (Number.isNaN(mid)) return NaN
          if (touch) return touch[0] <= mid * 0.999 ? 0 : 2
          const isOver = 'rows' in horizon ? row + horizon.rows < mids.length : ticks.at(-1)!.tsLocal > ticks[row]!.tsLocal + horizon.micros
          if (!isOver) return NaN
          return atEnd === 'flat' ? 1 : Math.sign((path.at(-1)?.[0] ?? mid) - mid) + 1
        })
        expect(runLabeler(tripleBarrier({ up: 0.002, down: 0.001, atEnd, ...horizon }), ticks)).toEqual(expected)
      }),
    )
  })

  it('scales its barriers by a feature of the row', () => {
    // The scale is the depth of the bid: 1 % a lot.
    const scale: Feature = { name: 'lots', fingerprint: 'lots', columns: [{ name: 'lots', unit: 'lots' }], depth: 1, init: () => ({}), step: (_, { book }, out, at) => void (out[at] = book.bidLots(0) / 100) }
    const ticks = [[100, 1], [100, 3], [102, NaN], [103, 1]].map(([mid, lots]) => handTick({ bids: [[mid! - 1, lots!]], asks: [[mid! + 1, 1]] }))
    expect(runLabeler(tripleBarrier({ up: 1, down: 1, scale, rows: 2 }), ticks)).toEqual([2, 2, NaN, NaN])
    expect(runLabeler(tripleBarrier({ up: 1.5, down: 1, scale, rows: 2 }), ticks)).toEqual([2, 1, NaN, NaN])
  })

  it('refuses distances of 0, several columns and other ends', () => {
    expect(() => tripleBarrier({ up: 0, down: 1, rows: 1 })).toThrow(/up/)
    expect(() => tripleBarrier({ up: 1, down: 1, rows: 0 })).toThrow(/rows/)
    expect(() => tripleBarrier({ up: 1, down: 1, rows: 1, atEnd: 'x' as never })).toThrow(/atEnd/)
    expect(tripleBarrier({ up: 1, down: 1, micros: 60_000_000 }).name).toBe('triple_barrier_60s')
  })
})
