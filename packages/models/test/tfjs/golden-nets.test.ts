import { readFileSync } from 'node:fs'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { binCtabl, deepLob, gruNet, logistic, lstmNet, mlp, networkSize, predictRows, toOnnx, transformer, type Architecture } from '../../src/tfjs/index.js'
import { network } from '../../src/tfjs/network.js'
import { madeFrame, madeNet } from './made-nets.js'

/** Made by golden/reference/nets.py: NumPy, from the papers' formulas. */
interface GoldenNet {
  readonly net: string
  readonly options: Readonly<Record<string, number | string | boolean>>
  readonly length: number
  readonly columns: number
  readonly weights: Readonly<Record<string, readonly number[]>>
  readonly windows: readonly (readonly number[])[]
  readonly probabilities: readonly (readonly number[])[]
}
const cases = JSON.parse(readFileSync(new URL('../golden/nets.json', import.meta.url), 'utf8')) as GoldenNet[]
const factories: Readonly<Record<string, (options: object) => Architecture>> = { logistic, mlp, lstm: lstmNet, gru: gruNet, transformer, 'deep-lob': deepLob, 'bin-ctabl': binCtabl }
const named = cases.map((golden) => [`${golden.net} ${JSON.stringify(golden.options)}`, golden] as const)

describe('nets against NumPy', () => {
  it.each(named)('%s', async (_, golden) => {
    const { length, columns, windows, probabilities } = golden
    const weights = Object.fromEntries(Object.entries(golden.weights).map(([name, values]) => [name, Float32Array.from(values)]))
    const net = { ...madeNet(factories[golden.net]!(golden.options), length, columns), weights }
    expect(networkSize(net)).toBe(Object.values(weights).reduce((sum, values) => sum + values.length, 0))
    const frame = madeFrame(length * windows.length, columns)
    windows.forEach((window, n) => frame.values.set(window, n * length * columns))
    const { values } = await predictRows(net, frame, { feeding: 'window' })
    const session = await InferenceSession.create(toOnnx(net).bytes)
    for (const [n, expected] of probabilities.entries()) {
      const run = await session.run({ input: new Tensor('float32', Float32Array.from(windows[n]!), [1, length, columns]) })
      for (const [k, probability] of expected.entries()) {
        expect(Math.abs(values[((n + 1) * length - 1) * 3 + k]! - probability)).toBeLessThan(1e-5)
        expect(Math.abs((run['probabilities']!.data as Float32Array)[k]! - probability)).toBeLessThan(1e-5)
      }
    }
  })
})

describe('sizes as published', () => {
  it.each([
    ['LSTM 256-128-64 with one bias a gate', lstmNet(), 100, 40, 509_699],
    ['DeepLOB in TensorFlow', deepLob(), 100, 40, 142_435],
    ['BiN-C(TABL)', binCtabl(), 10, 40, 11_446],
  ] as const)('%s has %i steps of %i columns and %i parameters', (_, architecture, length, columns, parameters) => {
    expect(network(architecture, { length, columns, outputs: 3 }).parameters).toBe(parameters)
  })

  it('DeepLOB leaves 82 steps to its LSTM without padding, 100 with', () => {
    const stepsOf = (padding: 'valid' | 'same'): number => network(deepLob({ padding }), { length: 100, columns: 40, outputs: 3 }).layers[0]!.outputShape[0]!
    expect(stepsOf('valid')).toBe(82)
    expect(stepsOf('same')).toBe(100)
  })
})
