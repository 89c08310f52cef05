import { testFeature } from '@rxlob/testkit'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { dayScore, spread, topVolume, type DayScoreParameters, type Feature, type Fitted } from '../../src/kernel.js'
import { handTick } from '../hand-tick.js'
import { runColumn } from '../run-feature.js'

const fitted = (to: number, means = [9, 4]): Fitted<DayScoreParameters> => ({
  parameters: { columns: ['mid_price', 'spread'], means, scales: [1, 2] }, instrument: 'hand:ABC', from: 0, to, rows: 10,
})
const width = (at: number, ticks: number) => handTick({ bids: [[100, 1]], asks: [[100 + ticks, 1]], at })

describe('dayScore', () => {
  it('takes mean and scale of its own column, and nothing up to the end of the fitted data', () => {
    expect(runColumn(dayScore(spread(), fitted(20)), [width(10, 7), width(20, 8), width(21, 8), width(22, 3)])).toEqual([NaN, NaN, 2, -0.5])
  })

  it.each(testFeature(dayScore(spread(), fitted(0)), { mirror: 'keeps', variant: dayScore(spread(), fitted(0, [9, 5])) }))('$name', ({ run }) => run())

  it('refuses a fit of other columns', () => {
    expectTypeOf(dayScore(spread(), fitted(0))).toEqualTypeOf<Feature<'spread_z_day'>>()
    expect(() => dayScore(topVolume({ levels: 1 }), fitted(0))).toThrow(expect.objectContaining({ code: 'LOB_COLUMN_MISMATCH' }))
  })
})
