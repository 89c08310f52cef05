import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tradableMove } from '../../src/kernel.js'
import { quoteTicks } from '../hand-tick.js'
import { randomTicks } from '../random-ticks.js'
import { runLabeler } from './run-labeler.js'

describe('tradableMove', () => {
  it('is a move only where it pays for the spread and the fees', () => {
    const ticks = quoteTicks([[1000, 1, 1002, 1], [1002, 1, 1004, 1], [1003, 1, 1005, 1], [1000, 1, 1002, 1], [990, 1, 999, 1]])
    expect(runLabeler(tradableMove({ rows: 1 }), ticks)).toEqual([1, 1, 0, 0, NaN])
    expect(runLabeler(tradableMove({ rows: 2 }), ticks)).toEqual([2, 1, 0, NaN, NaN])
    expect(runLabeler(tradableMove({ rows: 2, feesRatio: 0.001 }), ticks)).toEqual([1, 1, 0, NaN, NaN])
  })

  it('equals the returns of buying and of selling on random books', () => {
    fc.assert(
      fc.property(randomTicks(), fc.integer({ min: 1, max: 5 }), fc.constantFrom(0, 0.0005, 0.002), (ticks, rows, fees) => {
        const quote = ticks.map(({ book }) => (book.synced && !book.crossed ? [book.bidTicks(0), book.askTicks(0)] : [NaN, NaN]))
        const expected = quote.map(([bid, ask], row) => {
          const [laterBid, laterAsk] = quote[row + rows] ?? [NaN, NaN]
          if (Number.isNaN(bid! + ask! + laterBid! + laterAsk!)) return NaN
          return laterBid! - ask! > fees * ask! ? 2 : bid! - laterAsk! > fees * laterAsk! ? 0 : 1
        })
        expect(runLabeler(tradableMove({ rows, feesRatio: fees }), ticks)).toEqual(expected)
      }),
    )
  })

  it('names its horizon and refuses fees below 0', () => {
    expect(tradableMove({ micros: 1_000_000 }).name).toBe('tradable_move_1s')
    expect(() => tradableMove({ rows: 1, feesRatio: -1 })).toThrow(/feesRatio/)
  })
})
