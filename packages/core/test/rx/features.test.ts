import { everyMidMove, features, midPrice, ofi, spread, tradeFlow, type FeatureRow, type MarketEvent } from '@rxlob/core'
import fc from 'fast-check'
import { from, type Observable } from 'rxjs'
import { describe, expect, expectTypeOf, it } from 'vitest'
import { batchesFrom, madeStream } from '../made-sources.js'
import { naiveRows } from '../naive-rows.js'
import { equity, session } from '../session.js'
import { operatorSuite } from './operator-suite.js'

const rowsOf = (inputs: readonly unknown[], operator = features([midPrice(), ofi()])): FeatureRow[] => {
  const rows: FeatureRow[] = []
  from(inputs as MarketEvent[]).pipe(operator).subscribe((row) => rows.push(row))
  return rows
}

const brief = (row: FeatureRow): unknown => [row.instrument, row.row, row.afterBreak, ...row.toArray()]

/** Two instruments by turns, with a gap in one of them. */
function interleaved(): MarketEvent[] {
  const a = session()
  const b = session({ ...equity, id: 'test:XYZ', tickSize: 0.05 })
  return [
    a.instrument(), b.instrument(), a.snapshot([[10, 5]], [[10.02, 7]]), b.snapshot([[10, 5]], [[10.1, 7]]), a.delta([[10, 9]], []),
    a.status('gap'), a.trade(10, 1), b.delta([[10, 0], [9.95, 1]], []), a.snapshot([[10, 5]], [[10.04, 7]]), b.status('halted'), b.trade(10.1, 1),
  ]
}
const interleavedRows = [
  undefined, undefined, ['test:ABC', 0, false, 10.01, NaN], ['test:XYZ', 0, false, 10.05, NaN], ['test:ABC', 1, false, 10.01, 4],
  undefined, ['test:ABC', 2, true, NaN, NaN], ['test:XYZ', 1, false, 10.025, -5], ['test:ABC', 3, false, 10.02, NaN], undefined, ['test:XYZ', 2, true, 10.025, 0],
]

describe('features', () => {
  operatorSuite({ operator: () => features([midPrice(), ofi()]), inputs: interleaved, outputs: interleavedRows, project: brief })

  it('gives the same rows of batches', async () => {
    expect(rowsOf(await batchesFrom(interleaved(), 2)).map(brief)).toEqual(interleavedRows.filter((row) => row !== undefined))
  })

  it('gives the rows of a loop over the reference book', () => {
    const list = [midPrice(), ofi({ levels: 3 }), tradeFlow()]
    fc.assert(
      fc.property(madeStream({ events: 300, instruments: 3, minLevels: 3 }), (events) => {
        const rows = rowsOf(events, features(list) as never)
        expect(rows.map((row) => ({ instrument: row.instrument, tsExchange: row.tsExchange, tsLocal: row.tsLocal, values: row.toArray() }))).toEqual(naiveRows(events, list))
      }),
      { numRuns: 30 },
    )
  })

  it('lends one row an instrument, with the numbers of a row of its own at each event, sampled or not', () => {
    const list = [midPrice(), ofi({ levels: 3 }), tradeFlow()]
    fc.assert(
      fc.property(madeStream({ events: 300, instruments: 3, minLevels: 3 }), fc.boolean(), (events, sampled) => {
        const options = sampled ? { sample: everyMidMove() } : {}
        const seen: unknown[] = []
        const lent = new Set<FeatureRow>()
        from(events).pipe(features(list, { ...options, lend: true })).subscribe((row) => {
          lent.add(row)
          seen.push([row.tsExchange, row.tsLocal, brief(row)])
        })
        const own = rowsOf(events, features(list, options) as never)
        expect(seen).toEqual(own.map((row) => [row.tsExchange, row.tsLocal, brief(row)]))
        expect(lent.size).toBe(new Set(own.map(({ instrument }) => instrument)).size)
      }),
      { numRuns: 30 },
    )
  })

  it('gives rows that may be kept: none changes when others follow', () => {
    const make = session()
    const events = [make.instrument(), make.snapshot([[10, 5]], [[10.02, 7]]), ...Array.from({ length: 600 }, (_, n) => make.delta([[10, n + 1]], []))]
    const then: number[][] = []
    const rows: FeatureRow[] = []
    from(events).pipe(features([ofi(), midPrice()])).subscribe((row) => {
      rows.push(row)
      then.push(row.toArray())
    })
    expect(rows).toHaveLength(601)
    expect(rows.map((row) => row.toArray())).toEqual(then)
    expect(rows[300]!.get('ofi_1')).toBe(1)
  })

  it('numbers only the rows that the sampler takes, and keeps a break till the next of them', () => {
    const make = session()
    const events = [
      make.instrument(), make.snapshot([[10, 5]], [[10.02, 7]]), make.delta([[10, 6]], []), make.delta([[10.01, 6]], []), make.status('halted'),
      make.delta([[10.01, 7]], []), make.delta([[10.01, 0]], []),
    ]
    const rows = rowsOf(events, features([midPrice()], { sample: everyMidMove() }) as never)
    expect(rows.map(brief)).toEqual([['test:ABC', 0, false, 10.01], ['test:ABC', 1, false, 10.015], ['test:ABC', 2, true, 10.01]])
    expect(rows.map(({ sampler }) => sampler)).toEqual(['every_mid_move', 'every_mid_move', 'every_mid_move'])
  })

  it('reads columns by place and by name, and nothing where there is none', () => {
    const [row] = rowsOf([session().instrument(), session().snapshot([[10, 5]], [[10.02, 7]])])
    expect([row!.at(0), row!.get('mid_price'), row!.at(-1), row!.at(2), row!.get('spread')]).toEqual([10.01, 10.01, NaN, NaN, NaN])
    expect(row).toMatchObject({ columns: ['mid_price', 'ofi_1'], fingerprints: [midPrice().fingerprint, ofi().fingerprint], sampler: 'every_event' })
  })

  it('knows the names of its columns', () => {
    const operator = features([midPrice(), spread()])
    expectTypeOf(operator).returns.toEqualTypeOf<Observable<FeatureRow<'mid_price' | 'spread'>>>()
    expectTypeOf<Parameters<FeatureRow<'mid_price' | 'spread'>['get']>[0]>().toEqualTypeOf<'mid_price' | 'spread'>()
  })

  it('refuses an empty list and a column that comes twice at once', () => {
    expect(() => features([])).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
    expect(() => features([ofi(), ofi()])).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })

  it('ends with an error that names the kind where an event lacks its instrument', () => {
    const errors: unknown[] = []
    const { instrument: _, ...nameless } = session().delta([[10, 5]], [])
    from([session().instrument(), nameless as MarketEvent]).pipe(features([midPrice()])).subscribe({ error: (error) => errors.push(error) })
    expect(errors).toMatchObject([{ code: 'LOB_BAD_MESSAGE', message: expect.stringContaining('before its first delta') }])
  })

  it('ends with an error where the source is too shallow', () => {
    const errors: unknown[] = []
    from([session(equity, 4).instrument()]).pipe(features([ofi({ levels: 5 })])).subscribe({ error: (error) => errors.push(error) })
    expect(errors).toMatchObject([{ code: 'LOB_DEPTH_TOO_SHALLOW' }])
  })
})
