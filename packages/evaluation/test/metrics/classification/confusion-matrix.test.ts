import { describe, expect, it } from 'vitest'
import { confusionMatrix, topLabel } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

describe('confusionMatrix', () => {
  it('has the truth in rows', () => {
    expect([...confusionMatrix(eightRows.truth, eightRows.calls, { classes: 3 }).counts]).toEqual([2, 0, 0, 1, 2, 0, 0, 1, 2])
  })

  it.each(metricsGolden.classification)('equals scikit-learn: $classes classes', ({ truth, probabilities, classes, confusion }) => {
    expect([...confusionMatrix(truth, topLabel(truth, probabilities).calls, { classes }).counts]).toEqual(confusion)
  })

  it('refuses what is no class', () => {
    const at = (value: number): (() => unknown) => () => confusionMatrix([0, 1], [1, value], { classes: 3 })
    expect(at(3)).toThrow(expect.objectContaining({ code: 'LOB_BAD_OPTION', message: expect.stringContaining('Row 1: expected a class from 0 to 2') }))
    expect(at(NaN)).toThrow('Row 1')
    expect(at(-1)).toThrow('Row 1')
    expect(at(0.5)).toThrow('Row 1')
    expect(() => confusionMatrix([0], [0, 1], { classes: 2 })).toThrow('equal length')
    expect(() => confusionMatrix([0], [0], { classes: 1 })).toThrow('classes')
  })
})
