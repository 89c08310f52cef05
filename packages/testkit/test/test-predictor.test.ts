import type { Predictor } from '@rxlob/core'
import { expect, it } from 'vitest'
import { testPredictor } from '../src/index.js'
import { brokenChecks } from './broken-checks.js'
import { softmaxLearner } from './softmax-learner.js'

const predictor = (over: Partial<Predictor> = {}): Predictor => {
  const { learn: _, save: __, load: ___, ...rest } = softmaxLearner()
  const firstColumn = (data: Float32Array): number => 1 / (1 + Math.exp(-data[0]!))
  const own = rest.predict
  return {
    ...rest,
    predict(window) {
      own(window)
      const up = firstColumn(window.data)
      return Float32Array.of((1 - up) / 2, (1 - up) / 2, up)
    },
    ...over,
  }
}
const wellFormed = 'gives well-formed outputs'
const fails = async (over: Partial<Predictor>): Promise<string[]> => Object.keys(await brokenChecks(testPredictor(() => predictor(over))))

it('a good one passes, answering at once or later', async () => {
  expect(await fails({})).toEqual([])
  const { predict } = predictor()
  expect(await fails({ predict: async (window) => predict({ ...window, data: window.data.slice() }) })).toEqual([])
  expect(await fails({
    predictMany: async ({ data, shape: [count, length, columns] }) =>
      Float32Array.from(Array.from({ length: count }, (_, at) => {
        const start = at * length * columns
        return [...(predict({ instrument: 'a:B', row: at, data: data.slice(start, start + length * columns), shape: [length, columns], tsLocal: 0 }) as Float32Array)]
      }).flat()),
  })).toEqual([])
})

it('a value with or without its deviation passes, a negative one does not', async () => {
  const value = (deviation: number): Partial<Predictor> => {
    const { predict } = predictor()
    return { output: { kind: 'value', unit: 'ticks', horizon: { rows: 1 } }, predict: (window) => Float32Array.of((predict(window) as Float32Array)[2]!, deviation) }
  }
  expect(await fails(value(0.5))).toEqual([])
  expect(await fails(value(NaN))).toEqual([])
  expect(await fails(value(-1))).toEqual([wellFormed])
})

it('declarations that do not fit together', async () => {
  const rule = ['names its contract, input and output']
  const { input } = predictor()
  expect(await fails({ contract: 2 as 1 })).toEqual(rule)
  expect(await fails({ input: { ...input, scaler: { mean: [0], scale: [1] } } })).toEqual(rule)
  expect(await fails({ input: { ...input, fingerprints: [] } })).toEqual(rule)
  expect(await fails({ output: { kind: 'classes', classes: ['a', 'b', 'c'], horizon: { rows: 0 } } })).toEqual(rule)
})

it('probabilities that are none', async () => {
  const { predict } = predictor()
  const shift = (by: number): Partial<Predictor> => ({ predict: (window) => (predict(window) as Float32Array).map((value, at) => value + (at === 0 ? by : 0)) })
  const messages = await brokenChecks(testPredictor(() => predictor(shift(0.01))))
  expect(Object.keys(messages)).toEqual([wellFormed])
  expect(messages[wellFormed]).toMatch(/^softmax: window 0: expected probabilities that sum to 1, got .* which sum to 1.0\d+\.$/)
  expect(await fails(shift(-2))).toEqual([wellFormed])
  expect(await fails(shift(NaN))).toEqual([wellFormed])
  expect(await fails({ predict: (window) => (predict(window) as Float32Array).subarray(1) })).toEqual([wellFormed])
})

it('answers that drift', async () => {
  let calls = 0
  const { predict } = predictor()
  const drifting: Partial<Predictor> = {
    predict(window) {
      predict(window)
      const up = ++calls / (calls + 1)
      return Float32Array.of(1 - up, 0, up)
    },
  }
  expect(await fails(drifting)).toContain('gives the same bits for the same window, whatever came between')
})

it('a window changed in place', async () => {
  const { predict } = predictor()
  const inPlace: Partial<Predictor> = { predict: (window) => { const answer = predict(window); window.data.forEach((value, at) => (window.data[at] = value * 2)); return answer } }
  expect(await fails(inPlace)).toContain('changes nothing of its argument')
})

it('a window read after the call, an answer that is used again', async () => {
  const rule = 'keeps nothing of what it was lent, and gives away what it returns'
  const { predict } = predictor()
  let last: Float32Array | undefined
  const late: Partial<Predictor> = { predict: (window) => { const data = last ?? window.data; last = window.data; return predict({ ...window, data }) } }
  expect(await fails(late)).toContain(rule)
  const shared = new Float32Array(3)
  expect(await fails({ predict: (window) => { shared.set(predict(window) as Float32Array); return shared } })).toEqual([rule])
})

it('windows of any shape taken', async () => {
  const { predict } = predictor()
  const rule = 'refuses windows of another shape with LOB_COLUMN_MISMATCH'
  const takesAll: Partial<Predictor> = { predict: (window) => predict({ ...window, data: window.data.slice(0, 6).map(Number), shape: [3, 2] }) }
  const messages = await brokenChecks(testPredictor(() => predictor(takesAll)))
  expect(messages).toEqual({ [rule]: 'softmax: a window of shape [3, 3]: expected a LobError LOB_COLUMN_MISMATCH, got no error.' })
  const plain: Partial<Predictor> = { predict(window) { if (window.data.length !== 6) throw new Error('bad shape'); return predict(window) } }
  expect(await fails(plain)).toEqual([rule])
})

it('many that are not as one', async () => {
  const rule = ['predicts many as it predicts one']
  expect(await fails({ predictMany: async ({ shape }) => new Float32Array(shape[0] * 3) })).toEqual(rule)
  expect(await fails({ predictMany: async () => new Float32Array(3) })).toEqual(rule)
})

it('one that cannot be closed again', async () => {
  let open = true
  const close = async (): Promise<void> => { if (!open) throw new Error('closed already'); open = false }
  expect(Object.keys(await brokenChecks(testPredictor(() => { open = true; return predictor({ close }) })))).toEqual(['may be closed twice'])
})
