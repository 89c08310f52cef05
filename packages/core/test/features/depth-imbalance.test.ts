import fc from 'fast-check'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { depthImbalance, queueImbalance, type Feature } from '../../src/kernel.js'
import { a5, handTick } from '../hand-tick.js'
import { mirrored, randomBook, randomTicks, scaled } from '../random-ticks.js'
import { expectClose, runColumn } from '../run-feature.js'

describe('depthImbalance', () => {
  it('equals vector A5', () => {
    expectClose(runColumn(depthImbalance({ levels: 3 }), [a5]), [0.2])
    expectClose(runColumn(depthImbalance({ levels: 3, weights: 'harmonic' }), [a5]), [0.1803278689])
    expectClose(runColumn(depthImbalance({ levels: 3, weights: 'exponential' }), [a5]), [0.1635693688])
  })

  it('weighs by the distance from the mid in ticks', () => {
    const weight = (ticks: number) => Math.exp(-0.3 * ticks)
    const bid = 10 * weight(1) + 20 * weight(2) + 30 * weight(4)
    const ask = 5 * weight(1) + 25 * weight(2) + 10 * weight(5)
    expectClose(runColumn(depthImbalance({ levels: 4, weights: 'distance', decay: 0.3 }), [a5]), [(bid - ask) / (bid + ask)], 1e-15)
    // A spread of thousands of ticks leaves every weight 0 but for what both sides share.
    expect(runColumn(depthImbalance({ levels: 1, weights: 'distance' }), [handTick({ bids: [[1, 3]], asks: [[90_000, 1]] })])).toEqual([0.5])
  })

  it('decays by the rate it is given', () => {
    // (10 + 20/e + 30/e^2 - 5 - 25/e - 10/e^2) over (15 + 45/e + 40/e^2)
    const [e1, e2] = [Math.exp(-1), Math.exp(-2)]
    expectClose(runColumn(depthImbalance({ levels: 3, weights: 'exponential', decay: 1 }), [a5]), [(5 - 5 * e1 + 20 * e2) / (15 + 45 * e1 + 40 * e2)])
  })

  it('sums what exists', () => {
    expectClose(runColumn(depthImbalance({ levels: 9 }), [a5]), [0.2])
  })

  it('is queueImbalance at one level', () => {
    fc.assert(
      fc.property(randomTicks(), (ticks) => {
        expect(runColumn(depthImbalance({ levels: 1 }), ticks)).toEqual(runColumn(queueImbalance(), ticks))
      }),
    )
  })

  it('stays in [-1, 1], changes its sign with the sides and ignores the unit of size', () => {
    const weights = fc.constantFrom('uniform', 'harmonic', 'exponential', 'distance')
    fc.assert(
      fc.property(randomBook, weights, fc.integer({ min: 2, max: 100 }), (spec, weights, by) => {
        const feature = depthImbalance({ levels: 3, weights })
        const value = runColumn(feature, [handTick(spec)])[0]!
        expect(Math.abs(value) > 1).toBe(false)
        expect(runColumn(feature, [handTick(mirrored(spec))])[0]! + 0).toBe(0 - value)
        expectClose(runColumn(feature, [handTick(scaled(spec, by))]), [value], 1e-12)
      }),
    )
  })

  it('is NaN while a side is empty or a level is unknown', () => {
    const whole = { bids: [[100, 1]], asks: [[101, 1]] } as const
    const ticks = [{ ...whole, bids: [] }, { ...whole, asks: [] }, { ...whole, bidKnownDepth: 1 }, { ...whole, askKnownDepth: 1 }, whole].map(handTick)
    expect(runColumn(depthImbalance({ levels: 2 }), ticks)).toEqual([NaN, NaN, NaN, NaN, 0])
  })

  it('names its column by levels and weights', () => {
    expect(depthImbalance({ levels: 3 }).name).toBe('depth_imbalance_3')
    expect(depthImbalance({ levels: 3, weights: 'harmonic' }).name).toBe('depth_imbalance_harmonic_3')
    expectTypeOf(depthImbalance({ levels: 3 })).toEqualTypeOf<Feature<'depth_imbalance_3'>>()
    expectTypeOf(depthImbalance({ levels: 3, weights: 'harmonic' })).toEqualTypeOf<Feature<'depth_imbalance_harmonic_3'>>()
    const at = (decay: number) => depthImbalance({ levels: 3, weights: 'exponential', decay }).fingerprint
    expect(at(1)).not.toBe(at(2))
  })

  it('refuses options out of range', () => {
    expect(() => depthImbalance({ levels: 0 })).toThrow(/levels/)
    expect(() => depthImbalance({ levels: 1, weights: 'linear' as never })).toThrow(/weights/)
    expect(() => depthImbalance({ levels: 1, weights: 'exponential', decay: 0 })).toThrow(/decay/)
    expect(() => depthImbalance({ levels: 1, weights: 'exponential', decay: NaN })).toThrow(/decay/)
  })
})
