import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { oneVersusRest, rocAuc } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

describe('rocAuc', () => {
  it('A17, one class against the rest', () => {
    const { perClass, macro, weighted } = oneVersusRest(rocAuc, eightRows.truth, eightRows.probabilities)
    ;[1, 0.9333333333, 0.9666666667].forEach((auc, k) => expect(perClass[k]).toBeCloseTo(auc, 9))
    expect(macro).toBeCloseTo(0.9666666667, 9)
    expect(weighted).toBeCloseTo(0.9625, 9)
  })

  it.each(metricsGolden.classification)('equals scikit-learn: $classes classes', ({ truth, probabilities, auc, aucMacro, aucWeighted }) => {
    const { perClass, macro, weighted } = oneVersusRest(rocAuc, truth, probabilities)
    perClass.forEach((value, k) => expect(value).toBeCloseTo(auc[k]!, 12))
    expect(macro).toBeCloseTo(aucMacro, 12)
    expect(weighted).toBeCloseTo(aucWeighted, 12)
  })

  it('equals the count over all pairs, ties 1/2', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 5 })), { minLength: 2, maxLength: 40 }), (rows) => {
        const up = rows.filter(([positive]) => positive)
        const down = rows.filter(([positive]) => !positive)
        fc.pre(up.length > 0 && down.length > 0)
        let wins = 0
        for (const [, high] of up) for (const [, low] of down) wins += high > low ? 1 : high === low ? 0.5 : 0
        expect(rocAuc(rows.map(([positive]) => positive), rows.map(([, score]) => score))).toBeCloseTo(wins / (up.length * down.length), 12)
      }),
    )
  })

  it('is NaN where a class is absent or a score is NaN', () => {
    expect(rocAuc([1, 1], [0.1, 0.2])).toBeNaN()
    expect(rocAuc([0, 0], [0.1, 0.2])).toBeNaN()
    expect(rocAuc([0, 1, 1], [0.1, NaN, 0.3])).toBeNaN()
    expect(oneVersusRest(rocAuc, [0, 1], [0.5, 0.3, 0.2, 0.1, 0.6, 0.3])).toEqual({ perClass: [1, 1, NaN], macro: NaN, weighted: NaN })
  })
})
