import { describe, expect, it } from 'vitest'
import { precisionAt } from '../../../src/index.js'
import { eightRows, metricsGolden } from '../../golden/golden.js'

const columnOf = (values: readonly number[], classes: number, k: number): number[] => values.filter((_, at) => at % classes === k)

describe('precisionAt', () => {
  it('A17: class 2, three rows', () => {
    const positive = eightRows.truth.map((truth) => truth === 2)
    expect(precisionAt(positive, columnOf(eightRows.probabilities, 3, 2), { count: 3 })).toBeCloseTo(0.6666666667, 9)
  })

  it.each(metricsGolden.classification)('equals a stable argsort: $classes classes', ({ truth, probabilities, classes, precisionAt17 }) => {
    const positive = truth.map((value) => Number(value === 0))
    expect(precisionAt(positive, columnOf(probabilities, classes, 0), { count: 17 })).toBeCloseTo(precisionAt17, 12)
  })

  it('breaks ties by time', () => {
    expect(precisionAt([1, 0, 1, 0], [0.5, 0.5, 0.5, 0.9], { count: 2 })).toBe(0.5)
    expect(precisionAt([0, 1, 1, 0], [0.5, 0.5, 0.5, 0.9], { count: 2 })).toBe(0)
  })

  it('takes a share, rounded up', () => {
    const scores = Array.from({ length: 101 }, (_, row) => row)
    const positive = scores.map((row) => Number(row >= 99))
    expect(precisionAt(positive, scores, { share: 0.01 })).toBe(1)
    expect(precisionAt(positive, scores, { share: 0.02 })).toBeCloseTo(2 / 3)
    expect(precisionAt([1, 0], [1, 2], { count: 50 })).toBe(0.5)
    expect(precisionAt([], [], { count: 3 })).toBeNaN()
  })

  it('refuses bad options', () => {
    expect(() => precisionAt([1], [1], { count: 0 })).toThrow('count')
    expect(() => precisionAt([1], [1], { share: 0 })).toThrow('share')
    expect(() => precisionAt([1], [1, 2], { count: 1 })).toThrow('equal length')
    expect(() => precisionAt([1], [1], { count: 1, share: 0.5 })).toThrow('exactly one')
    expect(() => precisionAt([1], [1], {} as { count: number })).toThrow('exactly one')
  })
})
