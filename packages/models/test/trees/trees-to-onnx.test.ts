import { describe, expect, it } from 'vitest'
import { manifestOf, onnxPredictor } from '../../src/onnx/index.js'
import { fitTrees, missingRules, treeOutputs, treesToOnnx, type TreeEnsemble } from '../../src/trees/index.js'
import { goldenTrees, treesGolden } from '../golden/trees-golden.js'
import { refusal } from '../refusal.js'
import { madeRows } from './made-rows.js'

/** What ONNX Runtime says of rows of floats. */
async function runtimeOutputs(ensemble: TreeEnsemble, inputs: Float32Array): Promise<number[]> {
  const { bytes, graph } = treesToOnnx(ensemble)
  const columns = Array.from({ length: ensemble.features }, (_, at) => `x${at}`)
  const classes = Array.from({ length: ensemble.link === 'softmax' ? ensemble.outputs : 2 }, (_, at) => `c${at}`)
  const horizon = { rows: 1 }
  const manifest = manifestOf(bytes, {
    name: 'trees', architecture: 'gradient-boosted-trees', graph, metrics: {}, training: { dataHash: '0'.repeat(64) },
    input: { columns, fingerprints: columns, sampler: 'every_event', length: 1 },
    output: ensemble.link === 'identity' ? { kind: 'value', unit: 'ticks', horizon } : { kind: 'classes', classes, horizon },
  })
  const predictor = await onnxPredictor({ model: bytes, manifest, thread: 'here' })
  const answers = await predictor.predictMany({ data: inputs, shape: [inputs.length / columns.length, 1, columns.length] })
  await predictor.close()
  return [...answers].filter((_, at) => ensemble.link !== 'identity' || at % 2 === 0)
}

/** Rows with no number missing. */
const whole = (inputs: ArrayLike<number>, columns: number): Float32Array =>
  Float32Array.from(Array.from({ length: inputs.length / columns }, (_, row) => Array.from({ length: columns }, (__, at) => inputs[row * columns + at]!)).filter((row) => row.every(Number.isFinite)).flat())

const worst = (a: readonly number[], b: ArrayLike<number>): number => a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), a.length === b.length ? 0 : Infinity)

describe('treesToOnnx', () => {
  it.each(Object.keys(treesGolden.models))('%s gives in ONNX Runtime what it gives here', async (name) => {
    const ensemble = goldenTrees(name)
    if (ensemble.missing.some((rule) => (rule & missingRules.zeroIsMissing) !== 0)) {
      expect(refusal(() => treesToOnnx(ensemble))).toMatchObject({ code: 'LOB_MODEL' })
      return
    }
    const inputs = whole(treesGolden.inputs, ensemble.features)
    expect(inputs.length).toBeGreaterThan(20 * ensemble.features)
    expect(worst(await runtimeOutputs(ensemble, inputs), treeOutputs(ensemble, inputs))).toBeLessThan(1e-5)
  })

  it.each(['values', 'two', 'three'] as const)('our own trees of %s, at thresholds and the floats beside them', async (target) => {
    const rows = madeRows(2000)
    const classes = { values: {}, two: { classes: 2 }, three: { classes: 3 } }[target]
    const { ensemble } = fitTrees({ inputs: rows.inputs, columns: rows.columns, targets: rows[target], rounds: 20, leaves: 15, ...classes })
    const edges = [...ensemble.threshold].flatMap((threshold, node) => {
      if (ensemble.feature[node]! < 0) return []
      const row = (value: number): number[] => Array.from({ length: rows.columns }, (_, at) => (at === ensemble.feature[node] ? value : 0.1))
      const near = Math.fround(threshold)
      return [row(near), row(near * (1 + 2 ** -23)), row(near * (1 - 2 ** -23))]
    })
    const inputs = Float32Array.from([...rows.inputs, ...edges.flat()])
    expect(worst(await runtimeOutputs(ensemble, inputs), treeOutputs(ensemble, inputs))).toBeLessThan(1e-5)
  })
})
