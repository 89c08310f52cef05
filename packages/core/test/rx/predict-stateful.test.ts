import { features, inputOf, midPrice, predict, spread, type FeatureRow, type Prediction, type Predictor } from '@rxlob/core'
import fc from 'fast-check'
import { from, Subject } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { madeStream } from '../made-sources.js'
import { naiveRows } from '../naive-rows.js'
import { moveOutput } from '../recording-learner.js'
import { countingPredictor } from '../window/counting-predictor.js'

const list = [midPrice(), spread()]

function rowsOf(events: Parameters<typeof naiveRows>[0]): FeatureRow[] {
  const rows: FeatureRow[] = []
  from(events).pipe(features(list)).subscribe((row) => rows.push(row))
  return rows
}

describe('predict with a predictor that carries its state', () => {
  it('steps every whole row once, begins again at breaks and NaN, and answers from the length-th row on', () => {
    fc.assert(
      fc.property(madeStream({ events: 250, instruments: 3 }), fc.integer({ min: 1, max: 6 }), (events, length) => {
        const rows = rowsOf(events)
        const seen: unknown[] = []
        from(rows).pipe(predict(countingPredictor(inputOf(list, { length })))).subscribe(({ instrument, row, values }) => seen.push([instrument, row, ...values]))
        const histories = new Map<string, { rows: number; whole: number[] }>()
        const expected = naiveRows(events, list).flatMap(({ instrument, values }, n) => {
          const history = histories.get(instrument) ?? { rows: 0, whole: [] }
          histories.set(instrument, history)
          if (rows[n]!.afterBreak || values.some(Number.isNaN)) history.whole = []
          if (!values.some(Number.isNaN)) history.whole.push(Math.fround(values[0]!))
          const row = history.rows++
          const { whole } = history
          return values.some(Number.isNaN) || whole.length < length ? [] : [[instrument, row, whole.length, Math.fround(whole.reduce((sum, value) => sum + value, 0))]]
        })
        expect(seen).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })

  it.each(['queue', 'latest'] as const)('steps one row at a time and leaves none out while it is busy (%s)', async (busy) => {
    const [events] = fc.sample(madeStream({ events: 60, instruments: 2 }), 1)
    const input = inputOf(list, { length: 2 })
    const rows = rowsOf(events!)
    const read = (predictor: Predictor): Promise<Prediction[]> =>
      new Promise((resolve, reject) => {
        const seen: Prediction[] = []
        from(rows).pipe(predict(predictor, { busy })).subscribe({ next: (one) => seen.push(one), error: reject, complete: () => resolve(seen) })
      })
    const at = await read(countingPredictor(input, (answer) => new Promise((resolve) => queueMicrotask(() => resolve(answer())))))
    const once = await read(countingPredictor(input))
    expect(at.map(({ row, values }) => [row, ...values])).toEqual(once.map(({ row, values }) => [row, ...values]))
    expect(at.length).toBeGreaterThan(10)
    expect(at.every(({ skipped }) => skipped === undefined)).toBe(true)
  })

  it('starts without history after a swap, in both directions', () => {
    const input = inputOf(list, { length: 2 })
    const [events] = fc.sample(madeStream({ events: 400, instruments: 1 }), 1)
    const rows = rowsOf(events!)
    // Six rows in a line that nothing breaks.
    const start = rows.findIndex((_, n) => rows.slice(n, n + 6).every((row, at) => row.toArray().every(Number.isFinite) && (at === 0 || !row.afterBreak)))
    const [a, b, c, d, e, f] = rows.slice(start)
    const plain: Predictor = { contract: 1, name: 'plain', input, output: moveOutput, predict: () => Float32Array.of(-1, 0) }
    const models = new Subject<Predictor>()
    const source = new Subject<FeatureRow>()
    const seen: (number | undefined)[] = []
    source.pipe(predict(models)).subscribe(({ values }) => seen.push(values[0]))
    models.next(countingPredictor(input))
    source.next(a!)
    source.next(b!)
    models.next(countingPredictor(input))
    source.next(c!)
    source.next(d!)
    models.next(plain)
    source.next(e!)
    source.next(f!)
    expect(seen).toEqual([2, 2, -1])
  })
})
