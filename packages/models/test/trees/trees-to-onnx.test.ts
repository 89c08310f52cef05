import { fitLogistic } from '@rxlob/evaluation'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { linearToOnnx } from '../../src/tfjs/index.js'
import { fitTrees, missingRules, treeOutputs, treesToOnnx, type TreeEnsemble } from '../../src/trees/index.js'
import { goldenTrees, treesGolden } from '../golden/trees-golden.js'
import { madeRows } from './made-rows.js'

async function worstDifference(ensemble: TreeEnsemble, inputs: Float32Array): Promise<number> {
  const { bytes, graph } = treesToOnnx(ensemble)
  const session = await InferenceSession.create(bytes)
  const run = await session.run({ [graph.input]: new Tensor('float32', inputs, [inputs.length / ensemble.features, ensemble.features]) })
  const answers = run[graph.output]!.data as Float32Array
  const expected = treeOutputs(ensemble, inputs)
  expect(answers.length).toBe(expected.length)
  return expected.reduce((worst, value, at) => Math.max(worst, Math.abs(value - answers[at]!) / Math.max(1, Math.abs(value))), 0)
}

describe('treesToOnnx', () => {
  // The regression treats zeros as missing: refused below.
  it.each(Object.keys(treesGolden.models).filter((name) => name !== 'lightgbm-regression'))('%s: ONNX Runtime says the same, of NaN and extremes too', async (name) => {
    const ensemble = goldenTrees(name)
    // The extremes of a double are no floats.
    const inputs = Float32Array.from(treesGolden.inputs)
    expect(inputs.some(Number.isNaN)).toBe(true)
    expect(await worstDifference(ensemble, inputs)).toBeLessThan(1e-5)
  })

  it.each([['three classes', 3, 'three'], ['two classes', 2, 'two'], ['values', undefined, 'values']] as const)('own trees of %s', async (_, classes, target) => {
    const rows = madeRows(600, { gaps: true })
    const { ensemble } = fitTrees({ inputs: rows.inputs, columns: rows.columns, targets: rows[target], rounds: 12, ...(classes !== undefined && { classes }) })
    expect(await worstDifference(ensemble, madeRows(300, { seed: 2, gaps: true }).inputs)).toBeLessThan(1e-5)
  })

  it('keeps the base score of a class that has no trees', async () => {
    const rows = madeRows(300)
    const { ensemble } = fitTrees({ inputs: rows.inputs, columns: rows.columns, targets: rows.three, rounds: 4, classes: 3 })
    // The trees of the last class are given to the first.
    const two = { ...ensemble, baseScores: Float64Array.of(0.5, -0.25, 2), outputOfTree: ensemble.outputOfTree.map((output) => output % 2) }
    expect(await worstDifference(two, rows.inputs)).toBeLessThan(1e-5)
  })

  it('sends a number that equals a threshold, or lies between it and the next float, where we do', async () => {
    // 0.1 is no float: the next one above is on the right, the one below on the left.
    const above = Math.fround(0.1)
    const below = new Float32Array(new Int32Array([new Int32Array(Float32Array.of(above).buffer)[0]! - 1]).buffer)[0]!
    const stump: TreeEnsemble = {
      link: 'identity', features: 1, outputs: 1, precision: 'double', baseScores: Float64Array.of(0), roots: Int32Array.of(0), outputOfTree: Int32Array.of(0),
      feature: Int32Array.of(0, -1, -1), threshold: Float64Array.of(0.1, 0, 0), left: Int32Array.of(1, -1, -1), right: Int32Array.of(2, -1, -1),
      missing: new Uint8Array(3), value: Float64Array.of(0, -1, 1), cover: Float64Array.of(2, 1, 1),
    }
    expect([...treeOutputs(stump, Float32Array.of(below, above))]).toEqual([-1, 1])
    expect(await worstDifference(stump, Float32Array.of(below, above, 0, -1, 1))).toBe(0)
    expect(await worstDifference({ ...stump, threshold: Float64Array.of(-1e-50, 0, 0) }, Float32Array.of(0, -1e-45, 1))).toBe(0)
    expect(() => treesToOnnx(goldenTrees('lightgbm-regression'))).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
    expect(() => treesToOnnx({ ...stump, missing: Uint8Array.of(missingRules.zeroIsMissing, 0, 0) })).toThrow(expect.objectContaining({ code: 'LOB_MODEL' }))
  })
})

describe('linearToOnnx', () => {
  it('gives the probabilities of fitLogistic', async () => {
    const { inputs, columns, three } = madeRows(300)
    const width = columns + 1
    const withOnes = Float64Array.from({ length: 300 * width }, (_, at) => (at % width === 0 ? 1 : inputs[Math.floor(at / width) * columns + (at % width) - 1]!))
    const { weights } = fitLogistic({ inputs: withOnes, columns: width, targets: three, classes: 3, penalties: new Float64Array(width).fill(0.1) })
    const session = await InferenceSession.create(linearToOnnx({ weights, columns: width, interceptColumn: 0 }).bytes)
    const { probabilities } = await session.run({ input: new Tensor('float32', inputs, [300, columns]) })
    for (let row = 0; row < 300; row++) {
      const odds = [1, ...[0, 1].map((k) => Math.exp(Array.from({ length: width }, (_, j) => weights[k * width + j]! * withOnes[row * width + j]!).reduce((a, b) => a + b)))]
      const sum = odds.reduce((a, b) => a + b)
      odds.forEach((odd, k) => expect(Math.abs((probabilities!.data as Float32Array)[row * 3 + k]! - odd / sum)).toBeLessThan(1e-5))
    }
    expect(() => linearToOnnx({ weights: [1, 2, 3], columns: 2 })).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION' }))
  })
})
