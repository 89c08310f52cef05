import { bookVwap, depthImbalance, features, liquidityConcentration, liquidityEntropy, midPrice, ofi, ofiByLevel, queueImbalance, relativeSpread, rollingOfi, spread, standardFeatures, topVolume, weightedMid, type Feature, type FeatureRow, type MarketEvent } from '@rxlob/core'
import fc from 'fast-check'
import { from } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { madeStream } from '../made-sources.js'
import { naiveRows } from '../naive-rows.js'

/** Members of the two groups, some of a kind twice, as deep as a window of the book and deeper. */
const members: readonly Feature[] = [
  midPrice(), spread(), relativeSpread(), weightedMid(), queueImbalance(), ofi(), ofi({ levels: 3 }), ofiByLevel({ levels: 4 }), rollingOfi({ ticks: 7 }), rollingOfi({ levels: 3, micros: 2_000_000 }),
  depthImbalance({ levels: 2 }), depthImbalance({ levels: 3, weights: 'harmonic' }), depthImbalance({ levels: 2, weights: 'exponential' }), depthImbalance({ levels: 3, weights: 'distance' }),
  topVolume({ levels: 1 }), topVolume({ levels: 3 }), bookVwap({ levels: 2 }), bookVwap({ levels: 3 }), liquidityConcentration({ levels: 2 }), liquidityConcentration({ levels: 3 }),
  liquidityEntropy({ levels: 2 }), liquidityEntropy({ levels: 3 }),
]
/** No book of a window of ten serves these. */
const deepMembers: readonly Feature[] = [topVolume({ levels: 40 }), bookVwap({ levels: 12 }), liquidityConcentration({ levels: 40 }), ofi({ levels: 12 }), midPrice()]

const rowsOf = (events: readonly MarketEvent[], list: readonly Feature[]): number[][] => {
  const rows: number[][] = []
  from(events).pipe(features(list)).subscribe((row: FeatureRow) => rows.push(row.toArray()))
  return rows
}

describe('features of one group in one list', () => {
  it('give the bits that each gives alone, in any order, beside any others', () => {
    fc.assert(
      fc.property(madeStream({ events: 400, instruments: 2, minLevels: 4 }), fc.shuffledSubarray([...members], { minLength: 1 }), (events, list) => {
        // The reference steps each feature by itself, over a naive book that it reads level by level.
        expect(rowsOf(events, list)).toEqual(naiveRows(events, list).map(({ values }) => values))
      }),
      { numRuns: 60 },
    )
  })

  it('give them deeper than the levels that a book keeps at hand', () => {
    fc.assert(
      fc.property(madeStream({ events: 400, instruments: 1, minLevels: 40 }), (events) => {
        expect(rowsOf(events, deepMembers)).toEqual(naiveRows(events, deepMembers).map(({ values }) => values))
      }),
      { numRuns: 20 },
    )
  })

  it('give them among the standard features', () => {
    fc.assert(
      fc.property(madeStream({ events: 400, instruments: 1, minLevels: 10 }), (events) => {
        expect(rowsOf(events, standardFeatures())).toEqual(naiveRows(events, standardFeatures()).map(({ values }) => values))
      }),
      { numRuns: 20 },
    )
  })
})
