import fc from 'fast-check'
import { decimalGrid } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { holdingGrid } from '../src/holding-grid.js'
import { acmeInstrument } from './acme/acme-spec.js'

const event = (bids: [number, number][], asks: [number, number][] = []) => ({ kind: 'snapshot', instrument: 'acme:X', tsExchange: 1, tsLocal: 1, bids, asks }) as const

describe('a grid that holds an event', () => {
  it.each([
    [0.01, 1, [[0.005, 1]], 0.005, 1],
    [0.01, 1, [[0.003, 1]], 0.001, 1],
    [0.05, 1, [[0.12, 1]], 0.01, 1],
    [1, 1, [[1, 0.5], [2, 1e-8]], 1, 1e-8],
    [1e-8, 1, [[5e-9, 1]], 5e-9, 1],
  ] as [number, number, [number, number][], number, number][])('%f and %f with %j: %f and %f', (tickSize, lotSize, bids, tick, lot) => {
    expect(holdingGrid({ ...acmeInstrument('X'), tickSize, lotSize }, event(bids))).toMatchObject({ tickSize: tick, lotSize: lot })
  })
  it('is not needed where all fits, and not made for what is no price', () => {
    expect(holdingGrid(acmeInstrument('X'), event([[1.23, 4]]))).toBeUndefined()
    for (const price of [Math.PI, 1e-13, NaN, Infinity]) expect(holdingGrid(acmeInstrument('X'), event([[price, 1]]))).toBeUndefined()
  })
  it('is not made where its counts would not be exact', () => {
    expect(holdingGrid(acmeInstrument('X'), event([[64_000, 1], [1e-12, 1]]))).toBeUndefined()
  })
  it('holds every level, the old grid included', () => {
    fc.assert(
      fc.property(fc.constantFrom(0.01, 0.05, 0.25, 1e-4, 5), fc.array(fc.tuple(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 0, max: 6 })), { minLength: 1, maxLength: 10 }), (tickSize, prices) => {
        const levels = prices.map(([count, digits]): [number, number] => [count / 10 ** digits, 1])
        const refined = holdingGrid({ ...acmeInstrument('X'), tickSize }, event([], levels)) ?? { tickSize }
        const grid = decimalGrid(refined.tickSize)
        for (const [price] of levels) expect(grid.holds(price)).toBe(true)
        expect(grid.holds(tickSize)).toBe(true)
      }),
    )
  })
})
