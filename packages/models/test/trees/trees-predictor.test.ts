import type { InputSpec, OutputSpec } from '@rxlob/core'
import { testPredictor } from '@rxlob/testkit'
import { describe, expect, it } from 'vitest'
import { fitTrees, treeOutputs, treesFromJson, treesJson, treesPredictor, windowNames, type TreesModel } from '../../src/trees/index.js'
import { windowOf } from '../bayes/random-rows.js'
import { goldenTrees } from '../golden/trees-golden.js'
import { refusal } from '../refusal.js'
import { madeRows } from './made-rows.js'

const input: InputSpec = { columns: ['ofi', 'spread'], fingerprints: ['ofi', 'spread'], sampler: 'every_event', length: 3 }
const classes = (count: number): OutputSpec => ({ kind: 'classes', classes: ['down', 'flat', 'up'].slice(0, count), horizon: { rows: 5 } })
const made = madeRows(300, { columns: 6 })
const featureNames = windowNames(input)
const trained = (targets: 'three' | 'two' | 'values', count?: number) =>
  fitTrees({ inputs: made.inputs, columns: 6, targets: made[targets], featureNames, rounds: 5, ...(count !== undefined && { classes: count }) }).ensemble
const three: TreesModel = { ensemble: trained('three', 3), input, output: classes(3) }
const two: TreesModel = { ensemble: trained('two', 2), input, output: classes(2), name: 'up_or_down' }
const value: TreesModel = { ensemble: trained('values'), input, output: { kind: 'value', unit: 'ticks', horizon: { micros: 1e6 } }, standardDeviation: 0.4 }
const imported: TreesModel = { ensemble: goldenTrees('xgboost-multiclass'), input: { ...input, columns: ['a', 'b', 'c', 'd', 'e'], fingerprints: ['a', 'b', 'c', 'd', 'e'], length: 1 }, output: classes(3) }

describe.each([['three classes', three], ['two classes', two], ['a value', value], ['an imported model', imported]])('treesPredictor, %s', (_, model) => {
  for (const { name, run } of testPredictor(() => treesPredictor(model))) it(`${name}`, run)

  it('predicts the same bits from its JSON text, and keeps its name, its wiring and its deviation', () => {
    const text = JSON.stringify(treesJson(model))
    const loaded = treesFromJson(text)
    expect(loaded).toEqual(model)
    expect(JSON.stringify(treesJson(treesFromJson(JSON.parse(text))))).toBe(text)
    const width = model.ensemble.features
    const own = treesPredictor(model)
    const other = treesPredictor(loaded)
    for (let row = 0; row < 40; row++) {
      const window = windowOf(made.inputs.subarray(row * width, row * width + width), model.input.length)
      expect(other.predict(window)).toEqual(own.predict(window))
    }
  })
})

describe('treesPredictor', () => {
  it('predicts what the ensemble does', () => {
    const outputs = treeOutputs(three.ensemble, made.inputs)
    const values = treesPredictor(three).predict(windowOf(made.inputs.subarray(0, 6), 3))
    expect(values).toEqual(Float32Array.from(outputs.subarray(0, 3)))
    expect(treesPredictor(value).predict(windowOf(made.inputs.subarray(0, 6), 3))).toEqual(Float32Array.of(treeOutputs(value.ensemble, made.inputs)[0]!, 0.4))
  })

  it('names the numbers of a window, the newest row by its columns', () => {
    expect(featureNames).toEqual(['ofi_lag2', 'spread_lag2', 'ofi_lag1', 'spread_lag1', 'ofi', 'spread'])
  })

  it.each<[string, Partial<TreesModel>, string, string]>([
    ['other columns', { input: { ...input, columns: ['ofi', 'vol'] } }, 'LOB_COLUMN_MISMATCH', 'spread_lag2 as number 1'],
    ['columns in another order', { input: { ...input, columns: ['spread', 'ofi'] } }, 'LOB_COLUMN_MISMATCH', 'ofi_lag2 as number 0'],
    ['longer windows', { input: { ...input, length: 4 } }, 'LOB_COLUMN_MISMATCH', 'read 6 numbers'],
    ['other classes', { output: classes(2) }, 'LOB_BAD_OPTION', 'predicts 3 classes'],
    ['a value', { output: value.output }, 'LOB_BAD_OPTION', 'got a value'],
    ['a negative deviation', { standardDeviation: -1 }, 'LOB_BAD_OPTION', 'standardDeviation'],
  ])('refuses %s', (_, wrong, code, message) => {
    const error = refusal(() => treesPredictor({ ...three, ...wrong }))
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
  })

  it('refuses a window that holds NaN or infinity', () => {
    for (const bad of [NaN, Infinity]) expect(refusal(() => treesPredictor(three).predict(windowOf([0, 0, 0, bad, 0, 0], 3))).code).toBe('LOB_MODEL')
  })
})

describe('treesFromJson', () => {
  const text = JSON.stringify(treesJson(three))
  const damage = (change: (model: { [key: string]: unknown; ensemble: { trees: Record<string, number[]>[] } & Record<string, unknown> }) => void): unknown => {
    const model = JSON.parse(text) as Parameters<typeof change>[0]
    change(model)
    return model
  }
  it.each<[string, unknown, string, string]>([
    ['a truncated file', text.slice(0, text.length - 100), 'LOB_BAD_FILE', 'truncated'],
    ['nothing', undefined, 'LOB_BAD_FILE', 'model'],
    ['another model', damage((model) => (model['model'] = 'bayesian_logistic')), 'LOB_BAD_FILE', 'trees'],
    ['another version', damage((model) => (model['version'] = 2)), 'LOB_BAD_FILE', 'version'],
    ['a cycle', damage(({ ensemble }) => (ensemble.trees[0]!['left']![0] = 0)), 'LOB_BAD_FILE', 'circle'],
    ['a child of two parents', damage(({ ensemble }) => (ensemble.trees[0]!['left']![0] = ensemble.trees[0]!['right']![0]!)), 'LOB_BAD_FILE', 'circle'],
    ['a child beyond the end', damage(({ ensemble }) => (ensemble.trees[1]!['right']![0] = 1e6)), 'LOB_BAD_FILE', 'trees[1]'],
    ['a feature beyond the window', damage(({ ensemble }) => (ensemble.trees[0]!['feature']![0] = 6)), 'LOB_BAD_FILE', 'one of 6 features'],
    ['a value that is none', damage(({ ensemble }) => (ensemble.trees[0]!['value']![2] = null as never)), 'LOB_BAD_FILE', 'finite'],
    ['a list too short', damage(({ ensemble }) => void ensemble.trees[0]!['cover']!.pop()), 'LOB_BAD_FILE', 'cover'],
    ['an output beyond the classes', damage(({ ensemble }) => ((ensemble.trees[0] as Record<string, unknown>)['output'] = 3)), 'LOB_BAD_FILE', 'from 0 to 2'],
    ['base scores too few', damage(({ ensemble }) => (ensemble['baseScores'] = [0])), 'LOB_BAD_FILE', 'base score'],
    ['an unknown link', damage(({ ensemble }) => (ensemble['link'] = 'probit')), 'LOB_BAD_FILE', 'softmax'],
    ['columns of another model', damage((model) => (model['input'] = { ...input, columns: ['a', 'b'] })), 'LOB_COLUMN_MISMATCH', 'ofi_lag2'],
  ])('refuses %s', (_, json, code, message) => {
    const error = refusal(() => treesFromJson(json))
    expect(error.code).toBe(code)
    expect(error.message).toContain(message)
  })

  it('whatever byte of it is changed, it refuses with a code or predicts: it never hangs or crashes', () => {
    const small = JSON.stringify(treesJson(two))
    for (let at = 0; at < small.length; at += 13) {
      for (const byte of ['9', '-', '"', '}', 'e']) {
        const changed = small.slice(0, at) + byte + small.slice(at + 1)
        let model: TreesModel
        try {
          model = treesFromJson(changed)
        } catch (error) {
          expect((error as { code?: string }).code, `byte ${at} as ${byte}: ${String(error)}`).toMatch(/^LOB_/)
          continue
        }
        treeOutputs(model.ensemble, new Float32Array(model.ensemble.features))
      }
    }
  })
})
