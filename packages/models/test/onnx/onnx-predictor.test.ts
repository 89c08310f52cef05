import { testPredictor } from '@rxlob/testkit'
import { describe, expect, it } from 'vitest'
import { onnxPredictor } from '../../src/onnx/index.js'
import { goldenModel } from './golden-models.js'

const windowed = ['logistic', 'mean', 'lstm', 'trees'] as const

describe.each(windowed)('%s', (name) => {
  const { model, manifest, windows, expected } = goldenModel(name)

  it.each(['worker', 'here'] as const)('gives the numbers of numpy (%s)', async (thread) => {
    const predictor = await onnxPredictor({ model, manifest, thread })
    expect(predictor.runtime).toBe('onnxruntime-node')
    for (const [at, window] of windows.entries()) {
      const answer = await predictor.predict(window)
      for (const [column, value] of expected[at]!.entries()) expect(answer[column]).toBeCloseTo(value, 6)
    }
    await predictor.close()
  })

  for (const { name: check, run } of testPredictor(() => onnxPredictor({ model, manifest }))) it(`contract: ${check}`, run)
})

it('lets the event loop turn in a long row of windows', async () => {
  const { model, manifest, windows } = goldenModel('logistic')
  const predictor = await onnxPredictor({ model, manifest, thread: 'here' })
  let turns = 0
  const turn = (): void => {
    if (++turns < 3) setImmediate(turn)
  }
  setImmediate(turn)
  const began = performance.now()
  for (let at = 0; turns < 3 && performance.now() - began < 5000; at++) await predictor.predict(windows[at % windows.length]!)
  expect(turns).toBe(3)
  await predictor.close()
})
