import { describe, expect, it } from 'vitest'
import { skillOf, studyOf } from './canary.js'

describe('canary (a): a random walk', () => {
  it('leaves a model no better than the more frequent class', async () => {
    const { accuracy, overMajority } = skillOf(await studyOf({ accuracy: 0.5 }, 41))
    expect(overMajority.low).toBeLessThan(0)
    expect(overMajority.high).toBeGreaterThan(0)
    expect(accuracy.low).toBeLessThan(0.5)
    expect(accuracy.high).toBeGreaterThan(0.5)
  })
})
