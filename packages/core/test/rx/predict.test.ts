import { features, inputOf, LobError, midPrice, predict, spread, type FeatureRow, type FeatureWindow, type InputSpec, type MarketEvent, type Prediction, type Predictor } from '@rxlob/core'
import fc from 'fast-check'
import { concat, filter, from, Observable, of, Subject, throwError } from 'rxjs'
import type { TestScheduler } from 'rxjs/testing'
import { describe, expect, it } from 'vitest'
import { madeStream } from '../made-sources.js'
import { naiveRows } from '../naive-rows.js'
import { moveOutput } from '../recording-learner.js'
import { equity, session } from '../session.js'
import { later } from './later.js'
import { marbles, operatorSuite } from './operator-suite.js'

const input = inputOf([midPrice()], { length: 1 })

const predictorOf = (answer: (window: FeatureWindow) => Float32Array | Promise<Float32Array>, spec: InputSpec = input, name = 'model'): Predictor => ({
  contract: 1, name, input: spec, output: moveOutput, predict: answer,
})
/** Says the mid it was shown. */
const echo = predictorOf(({ data }) => data.slice())

/** Answers so many frames later; says the mid it was shown, read at the end. */
const slow = (scheduler: TestScheduler, frames: number, name = 'slow'): Predictor => predictorOf(({ data }) => later(scheduler, frames, () => data.slice()), input, name)

/** Rows of one instrument with these mids, in dollars. */
function rowsOf(mids: readonly number[], symbol = 'ABC'): FeatureRow[] {
  const make = session({ ...equity, id: `test:${symbol}` })
  const rows: FeatureRow[] = []
  from([make.instrument(), ...mids.map((mid) => make.snapshot([[mid - 1, 1]], [[mid + 1, 1]]))]).pipe(features([midPrice()])).subscribe((row) => rows.push(row))
  return rows
}
const lettered = (rows: readonly FeatureRow[]): Record<string, FeatureRow> => Object.fromEntries(rows.map((row, n) => ['abcdefghij'[n]!, row]))
const brief = ({ instrument, row, values, skipped = 0 }: Prediction): unknown => [instrument.slice(5), row, values[0], skipped]
const briefs = (source: Observable<Prediction>): Observable<unknown> => new Observable((subscriber) => source.subscribe({ next: (one) => subscriber.next(brief(one)), error: (error) => subscriber.error(error), complete: () => subscriber.complete() }))

const predictionsOf = (rows: readonly FeatureRow[], predictor: Predictor | Observable<Predictor>): { values: unknown[]; errors: unknown[] } => {
  const values: unknown[] = []
  const errors: unknown[] = []
  from(rows).pipe(predict(predictor)).subscribe({ next: (one) => values.push(brief(one)), error: (error) => errors.push(error) })
  return { values, errors }
}

describe('predict', () => {
  operatorSuite<FeatureRow, Prediction>({
    operator: () => predict(echo),
    inputs: () => {
      const [a, b, c] = rowsOf([10, NaN, 12])
      const [x, y] = rowsOf([20, 21], 'XYZ')
      return [a!, x!, b!, y!, c!]
    },
    outputs: [['ABC', 0, 10, 0], ['XYZ', 0, 20, 0], undefined, ['XYZ', 1, 21, 0], ['ABC', 2, 12, 0]],
    project: brief,
  })

  it('shows each whole window once, as the reference book gives it, and no other', () => {
    const list = [midPrice(), spread()]
    fc.assert(
      fc.property(madeStream({ events: 250, instruments: 3 }), fc.integer({ min: 1, max: 6 }), (events, length) => {
        const shown: unknown[] = []
        const rows: FeatureRow[] = []
        const model = predictorOf(({ instrument, row, tsLocal, data, shape }) => {
          shown.push({ instrument, row, tsLocal, shape, data: [...data] })
          return Float32Array.of(0)
        }, inputOf(list, { length }))
        from(events).pipe(features(list)).subscribe((row) => rows.push(row))
        from(rows).pipe(predict(model)).subscribe()
        const histories = new Map<string, { rows: number; whole: number[][] }>()
        const expected = naiveRows(events, list).flatMap(({ instrument, tsLocal, values }, n) => {
          const history = histories.get(instrument) ?? { rows: 0, whole: [] }
          histories.set(instrument, history)
          if (rows[n]!.afterBreak || values.some(Number.isNaN)) history.whole = []
          if (values.every((value) => !Number.isNaN(value))) history.whole.push(values)
          const row = history.rows++
          const window = history.whole.slice(-length)
          return window.length < length || values.some(Number.isNaN) ? [] : [{ instrument, row, tsLocal, shape: [length, 2], data: [...Float32Array.from(window.flat())] }]
        })
        expect(shown).toEqual(expected)
      }),
      { numRuns: 30 },
    )
  })

  it('starts a window again after a break, and where a row was filtered out on the way', () => {
    const make = session()
    const events: MarketEvent[] = [make.instrument(), make.snapshot([[9, 1]], [[11, 1]]), make.trade(10, 1), make.status('halted'), make.trade(10, 1), make.trade(10, 1), make.trade(10, 1), make.trade(10, 1)]
    const pair = predictorOf(() => Float32Array.of(1), inputOf([midPrice()], { length: 2 }))
    const seen = (keep: (row: FeatureRow) => boolean): number[] => {
      const rows: number[] = []
      from(events).pipe(features([midPrice()]), filter(keep), predict(pair)).subscribe(({ row }) => rows.push(row))
      return rows
    }
    expect(seen(() => true)).toEqual([1, 3, 4, 5])
    expect(seen(({ row }) => row !== 3)).toEqual([1, 5])
    expect(seen(({ row }) => row !== 2)).toEqual([1, 4, 5])
  })

  describe('with a predictor that answers later', () => {
    const mids = [10, 11, 12, 13, 14]

    it('queues windows by default, and completes when the last is answered', () => {
      marbles(({ hot, expectObservable, expectSubscriptions }, scheduler) => {
        const rows = hot('abcde|', lettered(rowsOf(mids)))
        expectObservable(rows.pipe(predict(slow(scheduler, 3)), briefs)).toBe('---a--b--c--d--(e|)', { a: ['ABC', 0, 10, 0], b: ['ABC', 1, 11, 0], c: ['ABC', 2, 12, 0], d: ['ABC', 3, 13, 0], e: ['ABC', 4, 14, 0] })
        expectSubscriptions(rows.subscriptions).toBe('^----!')
      })
    })

    it('keeps the newest alone with latest, and counts what it passed over', () => {
      marbles(({ hot, expectObservable }, scheduler) => {
        const rows = hot('abc-de----|', lettered(rowsOf(mids)))
        expectObservable(rows.pipe(predict(slow(scheduler, 4), { busy: 'latest' }), briefs)).toBe('----a---b---(c|)', { a: ['ABC', 0, 10, 0], b: ['ABC', 3, 13, 2], c: ['ABC', 4, 14, 0] })
      })
    })

    it('keeps the newest of each instrument with latest, in the order in which they began to wait', () => {
      marbles(({ hot, expectObservable }, scheduler) => {
        const [a, c, e, f] = rowsOf([10, 11, 12, 13])
        const [b] = rowsOf([20], 'XYZ')
        const rows = hot('acbef|', { a: a!, b: b!, c: c!, e: e!, f: f! })
        expectObservable(rows.pipe(predict(slow(scheduler, 6), { busy: 'latest' }), briefs)).toBe('------a-----b-----(c|)', { a: ['ABC', 0, 10, 0], b: ['ABC', 3, 13, 2], c: ['XYZ', 0, 20, 0] })
      })
    })

    it('works no more once it is unsubscribed', () => {
      marbles(({ hot, expectObservable, expectSubscriptions, flush }, scheduler) => {
        let asked = 0
        const model = predictorOf(({ data }) => {
          asked++
          return later(scheduler, 3, () => data.slice())
        })
        const rows = hot('abcde---', lettered(rowsOf(mids)))
        expectObservable(rows.pipe(predict(model), briefs), '-----!').toBe('---a--', { a: ['ABC', 0, 10, 0] })
        expectSubscriptions(rows.subscriptions).toBe('^----!')
        flush()
        expect(asked).toBe(2)
      })
    })

    it('passes an error of its source on at once', () => {
      marbles(({ hot, expectObservable }, scheduler) => {
        expectObservable(hot('abc#', lettered(rowsOf(mids)), 'broken').pipe(predict(slow(scheduler, 2)), briefs)).toBe('--a#', { a: ['ABC', 0, 10, 0] }, 'broken')
      })
    })

    it('may read its window whenever it likes: no later row shows in it', async () => {
      const kept: FeatureWindow[] = []
      const model = predictorOf(async (window) => {
        kept.push(window)
        await Promise.resolve()
        return window.data.slice()
      }, inputOf([midPrice()], { length: 2 }))
      const seen: unknown[] = []
      await new Promise<void>((resolve) => {
        from(rowsOf(mids)).pipe(predict(model)).subscribe({ next: ({ values }) => seen.push([...values]), complete: resolve })
      })
      expect(seen).toEqual([[10, 11], [11, 12], [12, 13], [13, 14]])
      expect(kept.map(({ data }) => [...data])).toEqual(seen)
    })

    it('ends with LOB_MODEL where it fails, or where too many windows wait for it', async () => {
      const failure = new Error('no memory')
      const errors: unknown[] = []
      await new Promise<void>((resolve) => {
        from(rowsOf([10])).pipe(predict(predictorOf(() => Promise.reject(failure), input, 'onnx'))).subscribe({ error: (error) => resolve(void errors.push(error)) })
      })
      expect(errors).toMatchObject([{ code: 'LOB_MODEL', message: expect.stringContaining('onnx failed on a window: Error: no memory') as unknown, cause: failure }])

      const [row] = rowsOf([10])
      const rows = new Subject<FeatureRow>()
      const overrun: unknown[] = []
      rows.pipe(predict(predictorOf(() => new Promise<Float32Array>(() => {}), input, 'stuck'))).subscribe({ error: (error) => overrun.push(error) })
      // One is at work, the others wait.
      for (let n = 0; n <= 65_536; n++) rows.next(row!)
      expect(overrun).toEqual([])
      rows.next(row!)
      expect(overrun).toMatchObject([{ code: 'LOB_MODEL', message: expect.stringContaining('65536 windows wait for stuck') as unknown }])
      expect(rows.observed).toBe(false)
    })
  })

  describe('with models that are swapped', () => {
    const named = (name: string, spec: InputSpec = input): Predictor => predictorOf(({ data }) => Float32Array.of(data.at(-1)! + (name === 'new' ? 1000 : 0)), spec, name)

    it('passes over rows before the first, and predicts with the newest', () => {
      marbles(({ hot, expectObservable, expectSubscriptions }) => {
        const models = hot('-o--n------', { o: named('old'), n: named('new') })
        const rows = hot('a-b--c|', lettered(rowsOf([10, 11, 12])))
        expectObservable(rows.pipe(predict(models), briefs)).toBe('--b--c|', { b: ['ABC', 1, 11, 0], c: ['ABC', 2, 1012, 0] })
        expectSubscriptions(models.subscriptions).toBe('^-----!')
      })
    })

    it('keeps the window where the input is the same, and begins it again where it is not', () => {
      const pair = inputOf([midPrice()], { length: 2 })
      const swapped = (second: Predictor): unknown[] => {
        const rows = rowsOf([10, 11, 12, 13])
        const models = new Subject<Predictor>()
        const source = new Subject<FeatureRow>()
        const seen: unknown[] = []
        source.pipe(predict(models)).subscribe((one) => seen.push(brief(one)))
        models.next(named('old', pair))
        source.next(rows[0]!)
        source.next(rows[1]!)
        models.next(second)
        source.next(rows[2]!)
        source.next(rows[3]!)
        return seen
      }
      expect(swapped(named('new', inputOf([midPrice()], { length: 2 })))).toEqual([['ABC', 1, 11, 0], ['ABC', 2, 1012, 0], ['ABC', 3, 1013, 0]])
      expect(swapped(named('new', inputOf([midPrice()], { length: 2, scaler: { mean: [0], scale: [1] } })))).toEqual([['ABC', 1, 11, 0], ['ABC', 3, 1013, 0]])
    })

    it('answers what waited for the old model by the old model', () => {
      marbles(({ hot, expectObservable }, scheduler) => {
        const models = hot('o-n----', { o: slow(scheduler, 4, 'old'), n: named('new') })
        const rows = hot('ab-c|', lettered(rowsOf([10, 11, 12])))
        expectObservable(rows.pipe(predict(models), briefs)).toBe('----a---(bc|)', { a: ['ABC', 0, 10, 0], b: ['ABC', 1, 11, 0], c: ['ABC', 2, 1012, 0] })
      })
    })

    it('checks rows against each model, and fails where the models do', () => {
      const other = predictorOf(() => Float32Array.of(0), inputOf([spread()], { length: 1 }), 'other')
      expect(predictionsOf(rowsOf([10]), of(echo, other)).errors).toMatchObject([{ code: 'LOB_COLUMN_MISMATCH' }])
      const failure = new Error('no more models')
      const subscribed = new Subject<FeatureRow>()
      const errors: unknown[] = []
      subscribed.pipe(predict(concat(of(echo), throwError(() => failure)))).subscribe({ error: (error) => errors.push(error) })
      expect(errors).toEqual([failure])
      expect(subscribed.observed).toBe(false)
    })
  })

  it('ends at the first row that the predictor was not made for, of any instrument', () => {
    const wrong = predictorOf(() => Float32Array.of(0), inputOf([spread()], { length: 1 }), 'spread_model')
    expect(predictionsOf(rowsOf([10, 11]), wrong)).toMatchObject({ values: [], errors: [{ code: 'LOB_COLUMN_MISMATCH', message: expect.stringContaining('spread_model') as unknown }] })
    const strangers: FeatureRow[] = []
    const make = session({ ...equity, id: 'test:XYZ' })
    from([make.instrument(), make.snapshot([[9, 1]], [[11, 1]])]).pipe(features([spread()])).subscribe((row) => strangers.push(row))
    expect(predictionsOf([...rowsOf([10]), ...strangers], echo)).toMatchObject({ values: [['ABC', 0, 10, 0]], errors: [{ code: 'LOB_COLUMN_MISMATCH' }] })
  })

  it('ends with LOB_MODEL where the predictor throws, and with its own LobError as it is', () => {
    const failing = (error: unknown): Predictor => predictorOf(() => { throw error }, input, 'broken')
    expect(predictionsOf(rowsOf([10, 11]), failing(new Error('boom'))).errors).toMatchObject([{ code: 'LOB_MODEL', message: expect.stringContaining('broken failed on a window: Error: boom') as unknown }])
    const own = new LobError('LOB_MISSING_PEER', 'install it')
    expect(predictionsOf(rowsOf([10]), failing(own)).errors).toEqual([own])
  })

  it('ends with LOB_BAD_OPTION where the input makes no windows', () => {
    const columns = { ...input, scaler: { mean: [0], scale: [0] } }
    expect(predictionsOf(rowsOf([10]), predictorOf(() => Float32Array.of(0), columns)).errors).toMatchObject([{ code: 'LOB_BAD_OPTION' }])
  })
})
