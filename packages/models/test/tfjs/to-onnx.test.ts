import { InferenceSession, Tensor, type TypedTensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { netOf, predictRows, toOnnx } from '../../src/tfjs/index.js'
import { madeFrame, madeNet, smallNets, threeClasses } from './made-nets.js'

/** Largest difference between what ONNX Runtime says of every window and what `expected` holds. */
async function worstDifference(session: InferenceSession, frame: ReturnType<typeof madeFrame>, length: number, expected: Float32Array): Promise<number> {
  const columns = frame.columns.length
  let worst = 0
  for (let row = length - 1; row < frame.length; row++) {
    const window = Float32Array.from(frame.values.subarray((row - length + 1) * columns, (row + 1) * columns))
    const { probabilities } = await session.run({ input: new Tensor('float32', window, [1, length, columns]) })
    ;(probabilities!.data as Float32Array).forEach((value, k) => (worst = Math.max(worst, Math.abs(value - expected[row * 3 + k]!))))
  }
  return worst
}

describe('toOnnx', () => {
  it.each(smallNets)('gives a %s whose outputs equal those of TensorFlow.js', async (_, architecture, length, columns) => {
    const net = madeNet(architecture, length, columns)
    const frame = madeFrame(60, columns)
    const { values } = await predictRows(net, frame, { feeding: 'window', batch: 16 })
    expect(values.subarray((length - 1) * 3).every(Number.isFinite)).toBe(true)
    expect(values.subarray(0, (length - 1) * 3).every(Number.isNaN)).toBe(true)
    const session = await InferenceSession.create(toOnnx(net).bytes)
    expect(await worstDifference(session, frame, length, values)).toBeLessThan(1e-5)
  })

  it.each(smallNets)('cuts one target out of a %s that has two', async (_, architecture, length, columns) => {
    const net = madeNet(architecture, length, columns, { near: threeClasses, far: threeClasses })
    const frame = madeFrame(40, columns)
    const both = await predictRows(net, frame, { feeding: 'window' })
    const far = Float32Array.from({ length: frame.length * 3 }, (_, at) => both.values[Math.floor(at / 3) * 6 + 3 + (at % 3)]!)
    const session = await InferenceSession.create(toOnnx(netOf(net, 'far')).bytes)
    expect(await worstDifference(session, frame, length, far)).toBeLessThan(1e-5)
    expect(() => toOnnx(net)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })

  it.each(smallNets.filter(([, { feeding }]) => feeding === 'carried'))('gives a step form of a %s that equals one pass over the rows', async (_, architecture, length, columns) => {
    const frame = madeFrame(50, columns)
    // One window over all rows, answered at each.
    const whole = await predictRows(madeNet(architecture, frame.length, columns), frame, { feeding: 'carried', warmUpRows: 0, batch: 1 })
    const net = madeNet(architecture, length, columns)
    const { bytes, graph } = toOnnx(net, { form: 'step' })
    const session = await InferenceSession.create(bytes)
    const [{ input, output }] = graph.states as [{ input: string; output: string }]
    expect(graph.states).toHaveLength(1)
    // 7 and 5 units, a cell state beside each hidden state of an LSTM.
    const width = net.architecture.name === 'lstm' ? 24 : 12
    let state = new Tensor('float32', new Float32Array(width), [1, 1, width]) as TypedTensor<'float32'>
    let last = new Float32Array(3)
    for (let row = 0; row < frame.length; row++) {
      const out = await session.run({ input: new Tensor('float32', Float32Array.from(frame.values.subarray(row * columns, (row + 1) * columns)), [1, 1, columns]), [input]: state })
      state = out[output] as TypedTensor<'float32'>
      last = out['probabilities']!.data as Float32Array<ArrayBuffer>
    }
    last.forEach((value, k) => expect(Math.abs(value - whole.values[(frame.length - 1) * 3 + k]!)).toBeLessThan(1e-5))

    // Two rows beside one another are two books.
    const step = async (rows: readonly number[], states: Float32Array): Promise<{ shares: Float32Array; states: Float32Array }> => {
      const values = Float32Array.from(rows.flatMap((row) => [...frame.values.subarray(row * columns, (row + 1) * columns)]))
      const out = await session.run({ input: new Tensor('float32', values, [rows.length, 1, columns]), [input]: new Tensor('float32', states, [1, rows.length, width]) })
      return { shares: out['probabilities']!.data as Float32Array, states: out[output]!.data as Float32Array }
    }
    const [first, second] = [await step([1], new Float32Array(width)), await step([2], state.data as Float32Array)]
    const pair = await step([1, 2], Float32Array.of(...new Float32Array(width), ...(state.data as Float32Array)))
    for (const part of ['shares', 'states'] as const) [...first[part], ...second[part]].forEach((value, at) => expect(pair[part][at]).toBeCloseTo(value, 6))
    expect(() => toOnnx(madeNet(smallNets[0]![1], 3, 5), { form: 'step' })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})
