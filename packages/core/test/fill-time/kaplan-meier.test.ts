import { describe, expect, it } from 'vitest'
import { kaplanMeier } from '../../src/kernel.js'
import { expectClose } from '../run-feature.js'

describe('kaplanMeier', () => {
  it('equals vector A10 with Greenwood errors', () => {
    const steps = kaplanMeier([1.2, 2.5, 3.1, 3.1, 4, 5.5, 6, 8.2], [1, 1, 0, 1, 1, 0, 1, 0])
    expect(steps.map(({ time }) => time)).toEqual([1.2, 2.5, 3.1, 4, 6])
    expectClose(steps.map(({ survival }) => survival), [0.875, 0.75, 0.625, 0.46875, 0.234375], 1e-15)
    expectClose(steps.map(({ standardError }) => standardError), [0.1169267933, 0.1530931089, 0.1711632992, 0.186520881, 0.1901665851])
    expect(steps.map(({ atRisk, filled }) => [atRisk, filled])).toEqual([[8, 1], [7, 1], [6, 1], [4, 1], [2, 1]])
  })

  it('is the empirical share where nothing is censored, in any order', () => {
    const steps = kaplanMeier([3, 1, 2, 2], [true, true, true, true])
    expectClose(steps.map(({ survival }) => survival), [0.75, 0.25, 0], 1e-15)
    expect(steps[2]!.standardError).toBe(0)
  })

  it('is empty without a fill, and refuses lengths and times that cannot be', () => {
    expect(kaplanMeier([1, 2], [0, 0])).toEqual([])
    expect(() => kaplanMeier([1, 2], [1])).toThrow(/2, got 1/)
    expect(() => kaplanMeier([1, -2], [1, 1])).toThrow(/got -2 at 1/)
  })
})
