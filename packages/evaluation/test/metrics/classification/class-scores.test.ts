import { describe, expect, it } from 'vitest'
import { classScores, confusionMatrix, topLabel } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

describe('classScores', () => {
  it('A17', () => {
    const scores = classScores(confusionMatrix(eightRows.truth, eightRows.calls, { classes: 3 }))
    expect(scores.map(({ support }) => support)).toEqual([2, 3, 3])
    ;[0.8, 0.6666666667, 0.8].forEach((f1, k) => expect(scores[k]!.f1).toBeCloseTo(f1, 9))
  })

  it.each(metricsGolden.classification)('equals scikit-learn: $classes classes', ({ truth, probabilities, classes, ...golden }) => {
    const scores = classScores(confusionMatrix(truth, topLabel(truth, probabilities).calls, { classes }))
    scores.forEach((score, k) => {
      for (const name of ['precision', 'recall', 'f1', 'support'] as const) expect(score[name]).toBeCloseTo(golden[name][k]!, 12)
    })
  })

  it('is 0 where nothing was called or present', () => {
    expect(classScores(confusionMatrix([0], [0], { classes: 2 }))[1]).toEqual({ support: 0, precision: 0, recall: 0, f1: 0 })
  })
})
