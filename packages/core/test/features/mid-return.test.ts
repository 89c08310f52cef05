import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { midReturn, type Feature } from '../../src/kernel.js'
import { handTick, quoteTicks } from '../hand-tick.js'
import { naiveMid } from '../naive-window.js'
import { randomSpan, randomTicks } from '../random-ticks.js'
import { expectClose, runColumn } from '../run-feature.js'

describe('midReturn', () => {
  it('is the logarithm of the ratio of two mids', () => {
    const ticks = quoteTicks([100, 101, 103, 102].map((mid) => [mid - 1, 1, mid + 1, 1]))
    expectClose(runColumn(midReturn({ ticks: 2 }), ticks), [NaN, NaN, Math.log(103 / 100), Math.log(102 / 101)], 1e-15)
  })

  it('equals a search backwards through random books', () => {
    fc.assert(
      fc.property(randomTicks(), randomSpan, (ticks, span) => {
        const kept = ticks.filter(({ book }) => book.synced && !book.crossed)
        const expected = ticks.map((tick) => {
          const row = kept.indexOf(tick)
          if (row < 0) return NaN
          const old = kept.filter((other, at) => (span.ticks === undefined ? at <= row && other.tsLocal <= tick.tsLocal - span.micros : at <= row - span.ticks))
          return Math.log(naiveMid(tick) / naiveMid(old.findLast((other) => !Number.isNaN(naiveMid(other))) ?? handTick({})))
        })
        expectClose(runColumn(midReturn(span), ticks), expected, 1e-13)
      }),
    )
  })

  it('names its column by its span and refuses two spans', () => {
    expectTypeOf(midReturn({ ticks: 20 })).toEqualTypeOf<Feature<'mid_return_20'>>()
    expect(midReturn({ micros: 1_000_000 }).columns).toEqual([{ name: 'mid_return_1s', unit: 'log-return' }])
    expect(() => midReturn({ ticks: 1, micros: 1 } as never)).toThrow(/both/)
  })
})
