import { readFileSync } from 'node:fs'
import { seededRandom } from '@rxlob/core'
import { describe, expect, it } from 'vitest'
import { attentionRollout, integratedGradients, kernelShap, linearShap, maskingEffect, permutationImportance, type GradientModel } from '../../src/explain/index.js'
import { normals } from '../bayes/random-rows.js'
import { refusal } from '../refusal.js'

/** f = x1 x2 + x3^2 of A19. */
const product = (x: ArrayLike<number>, count: number): number[] => Array.from({ length: count }, (_, row) => x[3 * row]! * x[3 * row + 1]! + x[3 * row + 2]! ** 2)
const close = (values: ArrayLike<number>, expected: readonly number[], digits = 10): void => {
  expect(values.length).toBe(expected.length)
  expected.forEach((value, at) => expect(values[at], `number ${at}`).toBeCloseTo(value, digits))
}

describe('linearShap', () => {
  it('gives the values of A19', () => {
    const { values, base } = linearShap({ weights: [0.5, -1, 2], intercepts: [0.3], means: [1, 0, 0.5], inputs: [2, 1, -1] })
    close(values, [0.5, -1, -3])
    close(base, [1.8])
  })
  it('explains several outputs, which sum to what the model says', () => {
    const { values, base } = linearShap({ weights: [1, 2, 3, 4], intercepts: [0, 1], means: [0.5, -1], inputs: [1, 1, 2, 0] })
    ;[3, 8, 2, 7].forEach((output, at) => expect(base[at % 2]! + values[2 * at]! + values[2 * at + 1]!).toBeCloseTo(output, 12))
  })
  it('refuses shapes that do not match', () => {
    expect(refusal(() => linearShap({ weights: [1], intercepts: [0], means: [0, 0], inputs: [1, 1] })).code).toBe('LOB_BAD_OPTION')
    expect(refusal(() => linearShap({ weights: [1, 1], intercepts: [0], means: [0, 0], inputs: [1] })).code).toBe('LOB_BAD_OPTION')
  })
})

describe('kernelShap', () => {
  const golden = JSON.parse(readFileSync(new URL('../golden/explain.json', import.meta.url), 'utf8')) as Record<'inputs' | 'background' | 'base' | 'values', number[]>
  /** The model of reference/explain.py. */
  const model = (x: Float64Array, count: number): number[] =>
    Array.from({ length: count }, (_, row) => {
      const [a, b, c, d, e, f] = x.subarray(6 * row, 6 * row + 6) as unknown as [number, number, number, number, number, number]
      return [a * b + Math.sin(c) - 0.5 * d, Math.max(e, f) + a ** 2]
    }).flat()

  it('gives the values of A19', async () => {
    const { values, base } = await kernelShap({ model: product, features: 3, inputs: [2, 1, -1], background: [1, 0, 0.5, 0, 2, 1] })
    close(values, [1.75, 0.25, 0.375])
    close(base, [0.625])
  })
  it('has the values of the shap package, where all sets are tried', async () => {
    const { values, base } = await kernelShap({ model, features: 6, inputs: golden.inputs, background: golden.background })
    close(values, golden.values, 8)
    close(base, golden.base, 10)
  })
  it('comes close to them with few sets, and always sums to the output', async () => {
    const exact = await kernelShap({ model, features: 6, inputs: golden.inputs, background: golden.background })
    const some = await kernelShap({ model, features: 6, inputs: golden.inputs, background: golden.background, sets: 40, seed: 3 })
    some.values.forEach((value, at) => expect(Math.abs(value - exact.values[at]!)).toBeLessThan(0.15))
    const outputs = model(Float64Array.from(golden.inputs), 5)
    outputs.forEach((output, at) => expect(some.values.subarray(at * 6, at * 6 + 6).reduce((sum, value) => sum + value, some.base[at % 2]!)).toBeCloseTo(output, 10))
    expect(await kernelShap({ model, features: 6, inputs: golden.inputs, background: golden.background, sets: 40, seed: 3 })).toEqual(some)
    // With twenty features most sets are drawn; an additive model is told exactly from any that tell the features apart.
    const inputs = Float64Array.from({ length: 20 }, (_, at) => at - 5)
    const sums = await kernelShap({ model: (x, count) => Array.from({ length: count }, (_, row) => x.subarray(20 * row, 20 * row + 20).reduce((sum, v, at) => sum + v * at, 0)), features: 20, inputs, background: new Float64Array(20), sets: 300 })
    sums.values.forEach((value, at) => expect(value).toBeCloseTo(inputs[at]! * at, 8))
  })
  it('of one feature is all of the difference', async () => {
    const { values } = await kernelShap({ model: (x) => x.map((v) => v ** 2), features: 1, inputs: [3], background: [1, 2] })
    close(values, [9 - 2.5])
  })
  it('refuses what it cannot explain', async () => {
    const fine = { model: product, features: 3, inputs: [1, 2, 3], background: [0, 0, 0] }
    await expect(kernelShap({ ...fine, background: [] })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    await expect(kernelShap({ ...fine, inputs: [1] })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    await expect(kernelShap({ ...fine, model: () => [NaN] })).rejects.toMatchObject({ code: 'LOB_MODEL' })
    await expect(kernelShap({ ...fine, model: () => [] })).rejects.toMatchObject({ code: 'LOB_MODEL' })
    await expect(kernelShap({ ...fine, sets: 2 })).rejects.toMatchObject({ code: 'LOB_MODEL' })
  })
})

describe('integratedGradients', () => {
  const model: GradientModel = {
    outputs: product,
    gradients: (x, count) => Array.from({ length: count }, (_, row) => [x[3 * row + 1]!, x[3 * row]!, 2 * x[3 * row + 2]!]).flat(),
  }
  it('gives the values of A19', async () => {
    const { values, base, gap } = await integratedGradients({ model, features: 3, inputs: [2, 1, -1] })
    close(values, [1, 1, 1], 6)
    close(base, [0])
    close(gap, [0], 6)
  })
  it('says how far its sum is from the whole', async () => {
    const cube: GradientModel = { outputs: (x) => x.map((v) => v ** 3), gradients: (x) => x.map((v) => 3 * v ** 2) }
    const few = await integratedGradients({ model: cube, features: 1, inputs: [2], steps: 2 })
    close(few.values, [7.5])
    close(few.gap, [0.5])
    const many = await integratedGradients({ model: cube, features: 1, inputs: [2], steps: 500 })
    expect(Math.abs(many.gap[0]!)).toBeLessThan(1e-5)
  })
  it('refuses what does not fit', async () => {
    await expect(integratedGradients({ model, features: 3, inputs: [1] })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    await expect(integratedGradients({ model, features: 3, inputs: [1, 2, 3], baseline: [0] })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    await expect(integratedGradients({ model: { ...model, gradients: () => [1] }, features: 3, inputs: [1, 2, 3] })).rejects.toMatchObject({ code: 'LOB_MODEL' })
    await expect(integratedGradients({ model: { ...model, outputs: () => [NaN] }, features: 3, inputs: [1, 2, 3] })).rejects.toMatchObject({ code: 'LOB_MODEL' })
  })
})

describe('permutationImportance', () => {
  const normal = normals(seededRandom(4))
  const rows = 2000
  // Column 1 carries the target, column 0 is noise, column 2 is column 1 again.
  const inputs = Float32Array.from({ length: 3 * rows }, normal)
  for (let row = 0; row < rows; row++) inputs[3 * row + 2] = inputs[3 * row + 1]!
  const targets = Float64Array.from({ length: rows }, (_, row) => 2 * inputs[3 * row + 1]!)
  const lossOf = (predict: (x: Float32Array, at: number) => number) => (x: Float32Array) => targets.reduce((sum, target, row) => sum + (target - predict(x, 3 * row)) ** 2 / rows, 0)

  it('finds what the model uses: shuffling doubles the variance of what it carries', async () => {
    const { mean, standardDeviation, loss } = await permutationImportance({ loss: lossOf((x, at) => 2 * x[at + 1]!), features: 3, inputs, blockRows: 10 })
    expect(loss).toBeCloseTo(0, 6)
    // E (2 a - 2 b)^2 = 8 for independent a and b of variance 1.
    expect(Math.abs(mean[1]! - 8)).toBeLessThan(0.5)
    expect([mean[0], mean[2]]).toEqual([0, 0])
    expect(standardDeviation[1]).toBeGreaterThan(0)
  })
  it('shuffles a group as one', async () => {
    const shared = lossOf((x, at) => x[at + 1]! + x[at + 2]!)
    const { mean } = await permutationImportance({ loss: shared, features: 3, inputs, blockRows: 10, groups: [[1], [2], [1, 2]], repeats: 5 })
    expect(Math.abs(mean[0]! - 2)).toBeLessThan(0.3)
    expect(Math.abs(mean[2]! - 8)).toBeLessThan(0.8)
  })
  it('moves whole blocks, and none stays: a column that is constant within blocks of the right size loses its place', async () => {
    const steps = Float32Array.from({ length: 100 }, (_, row) => Math.floor(row / 10))
    const seen: number[] = []
    const loss = (x: Float32Array): number => {
      for (let block = 0; block < 10; block++) expect(new Set(x.subarray(block * 10, block * 10 + 10)).size).toBe(1)
      seen.push(x.filter((value, row) => value === Math.floor(row / 10)).length)
      return 0
    }
    await permutationImportance({ loss, features: 1, inputs: steps, blockRows: 10, repeats: 50 })
    expect(seen).toEqual([100, ...new Array<number>(50).fill(0)])
  })
  it('refuses what says nothing', async () => {
    const fine = { loss: () => 0, features: 3, inputs, blockRows: 10 }
    await expect(permutationImportance({ ...fine, blockRows: 500 })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    await expect(permutationImportance({ ...fine, groups: [[3]] })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    await expect(permutationImportance({ ...fine, loss: () => NaN })).rejects.toMatchObject({ code: 'LOB_MODEL' })
  })
})

describe('attentionRollout', () => {
  it('gives the values of A19', () => {
    close(attentionRollout([[[0.8, 0.2, 0.4, 0.6]], [[0.5, 0.5, 0.1, 0.9]]]), [0.725, 0.275, 0.235, 0.765])
  })
  it('averages heads', () => {
    close(attentionRollout([[[1, 0, 0, 1], [0, 1, 1, 0]]]), [0.75, 0.25, 0.25, 0.75])
  })
  it('refuses maps that are none', () => {
    for (const layers of [[], [[]], [[[1, 0, 0]]], [[[1, 0, 0, 1]], [[1]]], [[[0.5, 0.2, 0, 1]]], [[[NaN, 0, 0, 1]]]]) expect(refusal(() => attentionRollout(layers)).code).toBe('LOB_BAD_OPTION')
  })
})

describe('maskingEffect', () => {
  it('is the output less the output without the row', async () => {
    const model = (x: Float32Array, count: number): number[] => Array.from({ length: count }, (_, at) => [x[at * 4]! + 10 * x[at * 4 + 3]!, x[at * 4 + 1]!]).flat()
    close(await maskingEffect({ model, window: [1, 2, 3, 4], columns: 2 }), [1, 2, 40, 0])
    close(await maskingEffect({ model, window: [1, 2, 3, 4], columns: 2, baseline: [1, 1] }), [0, 1, 30, 0])
  })
  it('refuses what does not fit', async () => {
    await expect(maskingEffect({ model: () => [1], window: [1, 2, 3], columns: 2 })).rejects.toMatchObject({ code: 'LOB_BAD_OPTION' })
    await expect(maskingEffect({ model: () => [1], window: [1, 2, 3, 4], columns: 2 })).rejects.toMatchObject({ code: 'LOB_MODEL' })
  })
})
