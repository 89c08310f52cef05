import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { interventionalTreeShap, kernelShap, treeShap } from '../../src/explain/index.js'
import { fitTrees, treeScores, type TreeEnsemble } from '../../src/trees/index.js'
import { goldenTrees, treesGolden } from '../golden/trees-golden.js'
import { refusal } from '../refusal.js'
import { madeRows } from '../trees/made-rows.js'

const withoutNaN = (values: Float64Array): Float64Array => values.map((value) => (Number.isNaN(value) ? 0 : value))

describe.each(Object.entries(treesGolden.models))('%s', (name, golden) => {
  const ensemble = goldenTrees(name)
  const { columns } = treesGolden
  const rows = treesGolden.inputs.length / columns
  // A sigmoid other than 1 is folded into the leaves.
  const scale = name === 'lightgbm-binary' ? 2 : 1

  it('has the path-dependent values of its library and of the shap package', () => {
    const own = treeShap(ensemble, treesGolden.inputs)
    for (let row = 0; row < rows; row++) {
      for (let output = 0; output < own.outputs; output++) {
        const library = golden.shap.slice((row * own.outputs + output) * (columns + 1), (row * own.outputs + output + 1) * (columns + 1))
        expect(Math.abs(own.base[output]! - scale * library[columns]!), `base of ${row}`).toBeLessThan(2e-6)
        for (let column = 0; column < columns; column++) {
          const value = own.values[(row * own.outputs + output) * columns + column]!
          expect(Math.abs(value - scale * library[column]!), `row ${row}, output ${output}, column ${column}`).toBeLessThan(2e-6)
          expect(Math.abs(value - scale * golden.shapPathDependent[(row * columns + column) * own.outputs + output]!)).toBeLessThan(2e-6)
        }
      }
    }
  })

  if (golden.shapInterventional === undefined) return
  it('has the interventional values of the shap package', () => {
    const own = interventionalTreeShap(ensemble, withoutNaN(treesGolden.inputs), withoutNaN(treesGolden.background))
    own.base.forEach((base, output) => expect(Math.abs(base - scale * golden.interventionalBase![output]!)).toBeLessThan(2e-6))
    own.values.forEach((value, at) => {
      const column = at % columns
      const output = Math.floor(at / columns) % own.outputs
      const row = Math.floor(at / (columns * own.outputs))
      expect(Math.abs(value - scale * golden.shapInterventional![(row * columns + column) * own.outputs + output]!), `value ${at}`).toBeLessThan(2e-6)
    })
  })
})

describe('tree SHAP', () => {
  it('gives the values of A19', () => {
    // Rows (0,0)0 (0,1)1 (1,0)2 (1,1)5 (1,1)5 (0,0)0; split on x1, then on x2.
    const tree: TreeEnsemble = {
      link: 'identity', features: 2, outputs: 1, precision: 'double', baseScores: Float64Array.of(0), roots: Int32Array.of(0), outputOfTree: Int32Array.of(0),
      feature: Int32Array.of(0, 1, -1, -1, 1, -1, -1), threshold: Float64Array.of(0.5, 0.5, 0, 0, 0.5, 0, 0),
      left: Int32Array.of(1, 2, -1, -1, 5, -1, -1), right: Int32Array.of(4, 3, -1, -1, 6, -1, -1), missing: new Uint8Array(7),
      value: Float64Array.of(0, 0, 0, 1, 0, 2, 5), cover: Float64Array.of(6, 3, 2, 1, 3, 1, 2),
    }
    const { base, values } = treeShap(tree, [1, 1, 0, 1])
    expect(base[0]).toBeCloseTo(2.1666666667, 9)
    ;[1.9166666667, 0.9166666667, -1.9166666667, 0.75].forEach((value, at) => expect(values[at]).toBeCloseTo(value, 9))
  })

  it('sums to the score, both ways, whatever the trees', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const { inputs, three } = madeRows(80, { columns: 3, seed, gaps: true })
        const { ensemble } = fitTrees({ inputs, columns: 3, targets: three, classes: 3, rounds: 3, leaves: 12, minLeafRows: 1, minLeafHessian: 0 })
        const scores = treeScores(ensemble, inputs)
        for (const { values, base, outputs, features } of [treeShap(ensemble, inputs), interventionalTreeShap(ensemble, inputs, inputs.subarray(0, 15))]) {
          scores.forEach((score, at) => {
            const sum = values.subarray(at * features, (at + 1) * features).reduce((total, value) => total + value, base[at % outputs]!)
            expect(sum).toBeCloseTo(score, 9)
          })
        }
      }),
      { numRuns: 30 },
    )
  })

  it('interventional is what exhaustive KernelSHAP finds from outside', async () => {
    const { inputs, columns, two } = madeRows(200)
    const { ensemble } = fitTrees({ inputs, columns, targets: two, classes: 2, rounds: 8 })
    const background = inputs.subarray(0, 10 * columns)
    const asked = inputs.subarray(500, 500 + 6 * columns)
    const own = interventionalTreeShap(ensemble, asked, background)
    const outside = await kernelShap({ model: (rows) => treeScores(ensemble, rows), features: columns, inputs: asked, background })
    own.values.forEach((value, at) => expect(outside.values[at]).toBeCloseTo(value, 9))
    expect(outside.base[0]).toBeCloseTo(own.base[0]!, 9)
  })

  it('gives a feature that no tree reads exactly 0 where it intervenes', () => {
    const { inputs, columns, values } = madeRows(200)
    const unread = inputs.map((x, at) => (at % columns === 3 ? 0 : x))
    const { ensemble } = fitTrees({ inputs: unread, columns, targets: values, rounds: 5 })
    interventionalTreeShap(ensemble, inputs.subarray(0, 50), inputs.subarray(50, 100)).values.forEach((value, at) => at % columns === 3 && expect(value).toBe(0))
  })

  it('refuses rows of another width, no background, and trees without covers', () => {
    const ensemble = goldenTrees('xgboost-binary')
    expect(refusal(() => treeShap(ensemble, [1, 2, 3])).code).toBe('LOB_COLUMN_MISMATCH')
    expect(refusal(() => interventionalTreeShap(ensemble, [1, 2, 3, 4, 5], [])).code).toBe('LOB_BAD_OPTION')
    expect(refusal(() => treeShap({ ...ensemble, cover: new Float64Array(ensemble.cover.length) }, [1, 2, 3, 4, 5])).code).toBe('LOB_MODEL')
  })
})
