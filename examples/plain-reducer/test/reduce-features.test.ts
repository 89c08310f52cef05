import { features, ofi, queueImbalance, spread, tradeFlow, weightedMid } from '@rxlob/core'
import { from } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { market } from '../market.ts'
import { reduceFeatures } from '../reduce-features.ts'

const list = [weightedMid(), spread(), queueImbalance(), ofi({ levels: 3 }), tradeFlow()]

describe('reduceFeatures', () => {
  it('gives the bits that RxJS gives', () => {
    const rows: number[][] = []
    from(market).pipe(features(list)).subscribe((row) => rows.push([...row.toArray()]))
    expect([...reduceFeatures(market, list)].length).toBe(6)
    const reduced: number[][] = []
    for (const row of reduceFeatures(market, list)) reduced.push([...row])
    expect(reduced).toEqual(rows)
  })

  it('is right on the second row, by hand', () => {
    // Bid 1700 lots against 400 at 60000 and 60000.5; 500 lots came to the bid.
    const rows: number[][] = []
    for (const row of reduceFeatures(market, list)) rows.push([...row])
    const [weighted, wide, imbalance, flow] = rows[1]!
    expect([wide, imbalance, flow]).toEqual([1, 1300 / 2100, 500])
    expect(weighted).toBeCloseTo((400 * 60000 + 1700 * 60000.5) / 2100, 9)
  })

  it('wants to know the instrument first', () => {
    expect(() => [...reduceFeatures(market.slice(1), list)]).toThrow('instrument event first, got snapshot')
  })
})
