import { combineLatestRows, features, midPrice, type FeatureRow, type MarketEvent } from '@rxlob/core'
import { from } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { equity, session } from '../session.js'
import { operatorSuite } from './operator-suite.js'

function rows(): FeatureRow<'mid_price'>[] {
  const a = session()
  const b = session({ ...equity, id: 'test:XYZ' })
  const events: MarketEvent[] = [
    a.instrument(), b.instrument(), a.snapshot([[10, 5]], [[10.02, 7]]), a.delta([[10.01, 5]], []), b.snapshot([[20, 5]], [[20.02, 7]]), a.delta([[10.01, 0]], []),
  ]
  const made: FeatureRow<'mid_price'>[] = []
  from(events).pipe(features([midPrice()])).subscribe((row) => made.push(row))
  return made
}

type Latest = ReadonlyMap<string, FeatureRow<'mid_price'>>
const mids = (latest: Latest): unknown => Object.fromEntries([...latest].map(([id, row]) => [id, row.get('mid_price')]))

describe('combineLatestRows', () => {
  operatorSuite<FeatureRow<'mid_price'>, Latest>({
    operator: () => combineLatestRows(),
    inputs: rows,
    outputs: [{ 'test:ABC': 10.01 }, { 'test:ABC': 10.015 }, { 'test:ABC': 10.015, 'test:XYZ': 20.01 }, { 'test:ABC': 10.01, 'test:XYZ': 20.01 }],
    project: mids,
  })

  it('gives a map of its own each time', () => {
    const maps: Latest[] = []
    from(rows()).pipe(combineLatestRows()).subscribe((latest) => maps.push(latest))
    expect(maps.map(mids)[0]).toEqual({ 'test:ABC': 10.01 })
    expect(new Set(maps).size).toBe(4)
  })
})
