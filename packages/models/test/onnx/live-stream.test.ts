import { features, inputOf, predict, queueImbalance, spread, type MarketEvent, type Prediction } from '@rxlob/core'
import { simulator } from '@rxlob/adapters-simulator'
import { firstValueFrom, Observable, tap, toArray } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { manifestOf, onnxPredictor } from '../../src/onnx/index.js'
import { goldenModel } from './golden-models.js'

const list = [queueImbalance(), spread()]

/** Events at a steady rate of the clock, whatever the reader does, as a socket gives them; says how many were sent. */
const paced = (events: readonly MarketEvent[], perSecond: number, sent: { count: number }): Observable<MarketEvent> =>
  new Observable((subscriber) => {
    const began = performance.now()
    const timer = setInterval(() => {
      const due = Math.min(events.length, Math.floor(((performance.now() - began) * perSecond) / 1000))
      while (sent.count < due) subscriber.next(events[sent.count++]!)
      if (sent.count < events.length) return
      clearInterval(timer)
      subscriber.complete()
    }, 1)
    return () => clearInterval(timer)
  })

describe('a live stream of 10,000 events a second', () => {
  it.each(['latest', 'queue'] as const)('loses nothing while a model runs (%s)', async (busy) => {
    const events = (await firstValueFrom(simulator({ seed: 8, durationMicros: 600e6 }).events().pipe(toArray()))).slice(0, 15_000)
    expect(events).toHaveLength(15_000)
    const { model, manifest } = goldenModel('logistic')
    // Three rows of two columns: the six numbers that the graph reads.
    const input = inputOf(list, { length: 3 })
    const predictor = await onnxPredictor({ model, manifest: manifestOf(model, { ...manifest, input }) })
    const expected = await firstValueFrom(simulator({ seed: 8, durationMicros: 600e6 }).events().pipe(features(list), toArray()))
    const sent = { count: 0 }
    let received = 0
    let rows = 0
    const predictions = await firstValueFrom(
      paced(events, 10_000, sent).pipe(tap(() => received++), features(list), tap(() => rows++), predict(predictor, { busy }), toArray<Prediction>()),
    )
    await predictor.close()
    const first = events.filter(({ kind }) => kind !== 'instrument' && kind !== 'status').length
    expect([sent.count, received, rows]).toEqual([15_000, 15_000, first])
    // Every window is predicted, or counted as passed over by the prediction after it.
    const windows = expected.slice(0, rows).filter((_, row) => row >= 2 && expected.slice(row - 2, row + 1).every((one) => one.toArray().every(Number.isFinite))).length
    expect(predictions.reduce((sum, { skipped = 0 }) => sum + 1 + skipped, 0)).toBe(windows)
    if (busy === 'queue') expect(predictions).toHaveLength(windows)
    expect(predictions.at(-1)!.row).toBe(rows - 1)
    expect(predictions.length).toBeGreaterThan(windows / 100)
  })
})
