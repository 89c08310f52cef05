import { collectFrame, features, inputOf, midPrice, predict, predictFrame, spread, type FeatureWindow, type Predictor } from '@rxlob/core'
import fc from 'fast-check'
import { from } from 'rxjs'
import { describe, expect, it } from 'vitest'
import { eventSource, madeStream } from '../made-sources.js'
import { moveOutput } from '../recording-learner.js'
import { countingPredictor } from './counting-predictor.js'

const list = [midPrice(), spread()]
const answerOf = (data: Float32Array): number[] => [data[0]! - data.at(-1)!, data.reduce((sum, value) => sum + value, 0)]

const one = (length: number): Predictor => ({
  contract: 1, name: 'one', input: inputOf(list, { length }), output: moveOutput,
  predict: ({ data }: FeatureWindow) => Float32Array.from(answerOf(data)),
})
/** Answers in batches alone. */
const many = (length: number, sizes: number[] = []): Predictor => ({
  ...one(length),
  predict: () => {
    throw new Error('in batches')
  },
  async predictMany({ data, shape: [count, rows, columns] }) {
    sizes.push(count)
    return Float32Array.from(Array.from({ length: count }, (_, at) => answerOf(data.slice(at * rows * columns, (at + 1) * rows * columns))).flat())
  },
})
const later = (length: number): Predictor => ({ ...one(length), predict: async ({ data }) => Float32Array.from(answerOf(data)) })

describe('predictFrame', () => {
  it.each([['predict', one], ['a later predict', later], ['predictMany', many], ['step', (length: number) => countingPredictor(inputOf(list, { length }))]])(
    'by %s, has the numbers of the operator at the rows of the operator, and NaN at the others',
    async (_, make) => {
      await fc.assert(
        fc.asyncProperty(madeStream({ events: 200, instruments: 1 }), fc.integer({ min: 1, max: 5 }), async (events, length) => {
          const frame = await collectFrame(eventSource(events), list)
          const expected = new Float32Array(frame.length * 2).fill(NaN)
          const live = make === many ? one(length) : make(length)
          let predicted = 0
          await new Promise<void>((resolve, reject) => {
            from(events).pipe(features(list), predict(live)).subscribe({
              next: ({ row, values }) => {
                predicted++
                expected.set(values, row * 2)
              },
              error: reject,
              complete: resolve,
            })
          })
          expect(await predictFrame(make(length), frame)).toEqual({ width: 2, values: expected, predicted })
        }),
        { numRuns: 15 },
      )
    },
  )

  const frame = {
    instrument: 'made:X' as const, columns: [{ name: 'mid_price', unit: 'price' as const }, { name: 'spread', unit: 'price' as const }], length: 2500, firstRow: 0,
    tsExchange: new Float64Array(2500), tsLocal: new Float64Array(2500), values: Float64Array.from({ length: 5000 }, (_, at) => at),
  }

  it('asks in batches of 1,024 windows', async () => {
    const sizes: number[] = []
    const { values, predicted } = await predictFrame(many(1, sizes), frame)
    expect([sizes, predicted]).toEqual([[1024, 1024, 452], 2500])
    expect(values.slice(4998)).toEqual(Float32Array.of(-1, 9997))
  })

  it('begins histories again at the breaks', async () => {
    const { values } = await predictFrame(countingPredictor(inputOf(list, { length: 1 })), { ...frame, breaks: [10, 2000] })
    expect([9, 10, 1999, 2000, 2499].map((row) => values[2 * row])).toEqual([10, 1, 1990, 1, 500])
  })

  it('refuses a frame of other columns', async () => {
    await expect(predictFrame(one(1), { ...frame, columns: frame.columns.toReversed() })).rejects.toMatchObject({ code: 'LOB_COLUMN_MISMATCH' })
  })
})
