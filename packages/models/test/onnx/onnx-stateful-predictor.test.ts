import { features, midPrice, predict, predictFrame, type InstrumentId } from '@rxlob/core'
import { testPredictor } from '@rxlob/testkit'
import { describe, expect, it } from 'vitest'
import { onnxPredictor, onnxStatefulPredictor } from '../../src/onnx/index.js'
import { goldenModel, windowOf } from './golden-models.js'

/** Largest difference between answers and what numpy says. */
const away = (answers: readonly Float32Array[], expected: readonly (readonly number[])[]): number =>
  Math.max(...answers.flatMap((answer, row) => expected[row]!.map((value, column) => Math.abs(value - answer[column]!))))

describe.each(['lstm', 'gru-logits'] as const)('%s', (name) => {
  const { model, manifest, windows, expected, sequence, steps } = goldenModel(name)

  it.each(['worker', 'here'] as const)('stepped, it is one pass over the sequence by numpy to 1e-5 (%s)', async (thread) => {
    const predictor = await onnxStatefulPredictor({ model, manifest, thread })
    const answers: Float32Array[] = []
    predictor.init('made:A')
    for (const row of sequence) answers.push(await predictor.step('made:A', Float32Array.from(row)))
    expect(answers).toHaveLength(60)
    expect(away(answers, steps)).toBeLessThan(1e-5)
    await predictor.close()
  })

  it('keeps a state an instrument, and drops it at init', async () => {
    const predictor = await onnxStatefulPredictor({ model, manifest, thread: 'here' })
    const answers: Record<InstrumentId, Float32Array[]> = { 'made:A': [], 'made:B': [] }
    for (const at of sequence.keys()) {
      for (const instrument of ['made:A', 'made:B'] as const) {
        // B begins again half way.
        if (at === 0 || (at === 30 && instrument === 'made:B')) predictor.init(instrument)
        answers[instrument]!.push(await predictor.step(instrument, Float32Array.from(sequence[instrument === 'made:B' && at >= 30 ? at - 30 : at]!)))
      }
    }
    expect(away(answers['made:A']!, steps)).toBeLessThan(1e-5)
    expect(away(answers['made:B']!.slice(30), steps.slice(0, 30))).toBeLessThan(1e-5)
    await predictor.close()
  })

  it('predicts a window from a fresh state, whatever is carried', async () => {
    const predictor = await onnxStatefulPredictor({ model, manifest, thread: 'here' })
    for (const [at, window] of windows.entries()) {
      await predictor.step(window.instrument, Float32Array.from(sequence[at]!))
      expect(away([await predictor.predict(window)], [expected[at]!])).toBeLessThan(1e-5)
    }
    await predictor.close()
  })

  for (const { name: check, run } of testPredictor(() => onnxStatefulPredictor({ model, manifest, thread: 'here' }))) it(`contract: ${check}`, run)

  it('refuses rows of another width, and rows with NaN, and goes on after them', async () => {
    const predictor = await onnxStatefulPredictor({ model, manifest, thread: 'here' })
    await expect(predictor.step('made:A', new Float32Array(3))).rejects.toMatchObject({ code: 'LOB_COLUMN_MISMATCH' })
    await expect(predictor.step('made:A', Float32Array.of(1, 2, NaN, 4))).rejects.toMatchObject({ code: 'LOB_MODEL', message: expect.stringContaining('x2 is NaN') as unknown })
    expect(away([await predictor.step('made:A', Float32Array.from(sequence[0]!))], [steps[0]!])).toBeLessThan(1e-5)
    await predictor.close()
  })
})

describe('onnxStatefulPredictor', () => {
  it('refuses a net without states, and onnxPredictor one that takes single rows with more than one asked', async () => {
    await expect(onnxStatefulPredictor(goldenModel('logistic'))).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    const { model, manifest } = goldenModel('gru-logits')
    const longer = { ...manifest, input: { ...manifest.input, length: 5 } }
    await expect(onnxPredictor({ model, manifest: longer })).rejects.toMatchObject({ code: 'LOB_COLUMN_MISMATCH' })
    // The same file, stepped: windows of five rows go through one by one.
    const stepped = await onnxStatefulPredictor({ model, manifest: longer, thread: 'here' })
    const { sequence, steps } = goldenModel('gru-logits')
    expect(away([await stepped.predict(windowOf(sequence.slice(0, 5)))], [steps[4]!])).toBeLessThan(1e-5)
    await stepped.close()
  })

  it('runs over a frame: the batch path, where windows and carried state differ by what lies before the window', async () => {
    const { model, manifest, sequence, steps } = goldenModel('lstm')
    const frame = {
      instrument: 'made:A' as const, columns: manifest.input.columns.map((name) => ({ name, unit: 'ratio' as const })), length: 60, firstRow: 0,
      tsExchange: new Float64Array(60), tsLocal: new Float64Array(60), values: Float64Array.from(sequence.flat()),
    }
    const stepped = await onnxStatefulPredictor({ model, manifest, thread: 'here' })
    const windowed = await onnxPredictor({ model, manifest, thread: 'here' })
    const carried = await predictFrame(stepped, frame)
    const recomputed = await predictFrame(windowed, frame)
    expect([carried.predicted, recomputed.predicted]).toEqual([53, 53])
    const difference = Array.from({ length: 60 }, (_, row) => Math.abs(carried.values[3 * row]! - recomputed.values[3 * row]!))
    // The first whole window is the whole history.
    expect(difference[7]).toBeLessThan(1e-6)
    const later = difference.slice(8)
    expect(Math.max(...later)).toBeGreaterThan(1e-4)
    expect(away([carried.values.slice(-3)], [steps[59]!])).toBeLessThan(1e-5)
    await Promise.all([stepped.close(), windowed.close()])
  })

  it('is refused at the wiring where the features are others', async () => {
    const predictor = await onnxStatefulPredictor({ ...goldenModel('lstm'), thread: 'here' })
    const { simulator } = await import('@rxlob/adapters-simulator')
    const failure = await new Promise((resolve) => {
      simulator({ seed: 1, durationMicros: 1e6 }).events().pipe(features([midPrice()]), predict(predictor)).subscribe({ error: resolve, complete: () => resolve(undefined) })
    })
    expect(failure).toMatchObject({ code: 'LOB_COLUMN_MISMATCH', message: expect.stringMatching(/lstm expects column 1 to be x0, the stream has mid_price/) as unknown })
    await predictor.close()
  })
})
